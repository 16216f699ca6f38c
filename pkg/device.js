/** How much a device can do at once. */

/** What each engine may come to need, in GiB. */
const ENGINE_GIB = 0.5;
/** Below this charge, and unplugged, a device is spared. */
const LOW_CHARGE = 0.2;
/** More engines than this gain nothing: then memory is what is slow. */
const MOST = 8;

/**
 * What a device says of itself; what it does not say is taken for a small device that is plugged in.
 * @typedef {{ cores?: number, memoryGib?: number, saving?: boolean }} Device
 */

/**
 * How many engines may compute at once: one core is left to the page, half the memory to others.
 * @param {Device} device
 */
export function slots({ cores = 2, memoryGib = 4, saving = false }) {
  if (saving) return 1;
  return Math.max(1, Math.min(cores - 1, Math.floor(memoryGib / 2 / ENGINE_GIB), MOST));
}

/**
 * Says what is known of this device, now and whenever that changes.
 * @param {(device: Device) => void} tell
 */
export async function watchDevice(tell) {
  // TypeScript does not list what not every browser has.
  const here = /** @type {any} */ (globalThis.navigator ?? {});
  const device = { cores: here.hardwareConcurrency, memoryGib: here.deviceMemory, saving: false };
  tell(device);
  const battery = await here.getBattery?.().catch(() => undefined);
  if (!battery) return;
  const look = () => tell({ ...device, saving: !battery.charging && battery.level <= LOW_CHARGE });
  for (const event of ['chargingchange', 'levelchange']) battery.addEventListener(event, look);
  look();
}

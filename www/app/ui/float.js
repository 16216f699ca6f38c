/** A sheet that floats by the button that opens it, on the side where there is room. */

const GAP_PX = 6;

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} sheet with the attribute `popover`
 */
export function floats(button, sheet) {
  button.popoverTargetElement = sheet;
  button.addEventListener('click', () => place(button, sheet));
  sheet.addEventListener('toggle', () => {
    if (sheet.matches(':popover-open') && document.activeElement === button) place(button, sheet);
  });
}

/**
 * @param {HTMLElement} button
 * @param {HTMLElement} sheet
 */
function place(button, sheet) {
  const at = button.getBoundingClientRect();
  const above = at.top > innerHeight / 2;
  sheet.style.setProperty('--room', `${Math.round((above ? at.top : innerHeight - at.bottom) - 2 * GAP_PX)}px`);
  sheet.style.top = above ? 'auto' : `${at.bottom + GAP_PX}px`;
  sheet.style.bottom = above ? `${innerHeight - at.top + GAP_PX}px` : 'auto';
  const width = Math.min(sheet.offsetWidth || 320, innerWidth - 2 * GAP_PX);
  sheet.style.left = `${Math.max(GAP_PX, Math.min(at.left, innerWidth - width - GAP_PX))}px`;
}

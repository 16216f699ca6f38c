/**
 * How a slider's even steps map to values. Where the default lies far down its range, small values
 * get more of the slider's length: the default stands at a third of it.
 */

const STEPS = 300;
const DEFAULT_AT = 1 / 3;
const SKEWED_BELOW = 0.08;

/**
 * @param {{ min: number, max: number, integer: boolean }} range
 * @param {number} standard the default
 */
export function sliderScale({ min, max, integer }, standard) {
  const span = max - min;
  const share = (standard - min) / span;
  const power = share > 0 && share < SKEWED_BELOW ? Math.log(share) / Math.log(DEFAULT_AT) : 1;
  const steps = integer && span <= STEPS && power === 1 ? span : STEPS;

  /** Three significant digits are all that a slider can mean. @param {number} value */
  const round = (value) => integer ? Math.round(value) : Number(value.toPrecision(value < 100 ? 2 : 3));
  return {
    steps,
    /** @param {number} step */
    value: (step) => Math.min(max, Math.max(min, round(min + span * (step / steps) ** power))),
    /** @param {number} value */
    position: (value) => Math.round(((value - min) / span) ** (1 / power) * steps),
  };
}

/** @import { Fault } from './protocol.js' */

/** An error that says what was wrong with the file or the request, and what to do about it. */
export class LogopressError extends Error {
  /** @param {Fault} fault */
  constructor({ code, message, advice }) {
    super(message);
    this.name = 'LogopressError';
    /** A stable name for programs, such as `truncated`. */
    this.code = code;
    /** What to do about it, in one sentence. */
    this.advice = advice;
  }
}

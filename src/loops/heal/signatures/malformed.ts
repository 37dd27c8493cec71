/** What a parser of this room throws within itself; its door answers with a problem. */
export class Malformed extends Error {
  /** Characters before the place, counted from 0. */
  readonly at: number
  constructor(at: number, what: string) {
    super(what)
    this.at = at
  }
}

/**
 * One form for characters that an expression may mean alike: letters are small, every digit is a zero, and all that is
 * not ASCII is one sign.
 */
export function plainUnit(unit: number): number {
  if (unit >= 0x41 && unit <= 0x5a) return unit | 0x20
  if (unit >= 0x30 && unit <= 0x39) return 0x30
  return unit < 128 ? unit : 1
}

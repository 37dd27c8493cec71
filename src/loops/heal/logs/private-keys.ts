/** How private keys look in text: PEM, OpenSSH, PGP, SSH2, and PuTTY's own form. */

/** One of these stands in every line that begins or ends a private key. */
export const keyMarks = ['PRIVATE KEY', 'Private-Lines: ', 'Private-MAC: ']
const keyName = '(?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?'
export const keyBegin = new RegExp(`----[ -]BEGIN ${keyName}[ -]----|Private-Lines: \\d`)
export const keyEnd = new RegExp(`----[ -]END ${keyName}[ -]----|Private-MAC: `)
export const keyOnOneLine = new RegExp(
  `(----[ -]BEGIN ${keyName}[ -]----)[^-]{0,20000}(----[ -]END ${keyName}[ -]----)?`,
  'g',
)
/** Lines of the longest key: so many are masked when its end never comes. */
export const longestKey = 150

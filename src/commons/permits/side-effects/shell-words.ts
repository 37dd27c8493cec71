/**
 * Cuts a shell script into its simple commands, well enough to see what each of them is. It reads every character once
 * and never runs anything. What it cannot follow (a variable as a command) stays visible as a word with a `$`.
 */
export interface Command {
  readonly words: readonly string[]
  /** Body of a here-document, which may itself be a script. */
  readonly stdin: string
}

const deepest = 8

export function commandsOf(script: string, depth = 0): readonly Command[] {
  if (depth > deepest) return [{ words: ['$too-deep'], stdin: '' }]
  return new Reader(hideExpressions(script.replaceAll('\r\n', '\n')), depth).read()
}

/** `${{ … }}` may hold quotes and `||`; to the shell it is one unknown piece of text. */
function hideExpressions(script: string): string {
  let out = ''
  let from = 0
  for (;;) {
    const start = script.indexOf('${{', from)
    if (start === -1) return out + script.slice(from)
    const end = script.indexOf('}}', start)
    if (end === -1) return `${out}${script.slice(from, start)}$EXPRESSION`
    out += `${script.slice(from, start)}$EXPRESSION`
    from = end + 2
  }
}

class Reader {
  private readonly source: string
  private readonly depth: number
  private at = 0
  private readonly commands: Command[] = []
  private words: string[] = []
  private word: string | undefined
  /** The word that comes next is where a redirection goes, not an argument. */
  private redirecting = false
  private waiting: { delimiter: string; stripTabs: boolean; words: string[] }[] = []

  constructor(source: string, depth: number) {
    this.source = source
    this.depth = depth
  }

  read(): readonly Command[] {
    while (this.at < this.source.length) this.step(this.source[this.at] as string)
    this.endCommand()
    return this.commands
  }

  private step(char: string): void {
    switch (char) {
      case '\\':
        this.escape()
        return
      case "'":
        this.quoted(this.source.indexOf("'", this.at + 1))
        return
      case '"':
        this.doubleQuoted()
        return
      case '`':
        this.backticks()
        return
      case '$':
        this.dollar()
        return
      case '#':
        if (this.word === undefined) this.at = this.endOfLine()
        else this.take(char)
        return
      case '\n':
        this.at += 1
        this.endCommand()
        this.hereDocuments()
        return
      case ';':
      case '|':
      case '(':
      case ')':
        this.at += 1
        this.endCommand()
        return
      case '&':
        this.ampersand()
        return
      case '<':
      case '>':
        this.redirect(char)
        return
      case ' ':
      case '\t':
        this.at += 1
        this.endWord()
        return
      default:
        this.take(char)
    }
  }

  private take(text: string, length = text.length): void {
    this.word = (this.word ?? '') + text
    this.at += length
  }

  private escape(): void {
    const next = this.source[this.at + 1]
    if (next === '\n') this.at += 2
    else this.take(next ?? '', 2)
  }

  private quoted(end: number): void {
    const close = end === -1 ? this.source.length : end
    this.take(this.source.slice(this.at + 1, close), close + 1 - this.at)
  }

  private doubleQuoted(): void {
    this.at += 1
    this.word ??= ''
    while (this.at < this.source.length) {
      const char = this.source[this.at] as string
      if (char === '"') {
        this.at += 1
        return
      }
      if (char === '\\') this.escape()
      else if (char === '`') this.backticks()
      else if (char === '$') this.dollar()
      else this.take(char)
    }
  }

  private backticks(): void {
    const end = this.source.indexOf('`', this.at + 1)
    const close = end === -1 ? this.source.length : end
    this.nested(this.source.slice(this.at + 1, close))
    this.take('$()', close + 1 - this.at)
  }

  private dollar(): void {
    if (this.source.startsWith('$((', this.at)) {
      const end = this.source.indexOf('))', this.at)
      this.take('$(())', (end === -1 ? this.source.length : end + 2) - this.at)
      return
    }
    if (this.source.startsWith('$(', this.at)) {
      const close = this.closingParenthesis(this.at + 2)
      this.nested(this.source.slice(this.at + 2, close))
      this.take('$()', close + 1 - this.at)
      return
    }
    this.take('$')
  }

  private nested(script: string): void {
    this.commands.push(...commandsOf(script, this.depth + 1))
  }

  private closingParenthesis(from: number): number {
    let open = 1
    let quote = ''
    for (let index = from; index < this.source.length; index += 1) {
      const char = this.source[index] as string
      if (char === '\\' && quote !== "'") index += 1
      else if (quote !== '') quote = char === quote ? '' : quote
      else if (char === "'" || char === '"') quote = char
      else if (char === '(') open += 1
      else if (char === ')') open -= 1
      if (open === 0) return index
    }
    return this.source.length
  }

  private ampersand(): void {
    // `>&2` and `2>&1` belong to a redirection, `&>` starts one.
    if (this.redirecting && this.word === undefined) {
      this.take('&')
      return
    }
    if (this.source[this.at + 1] === '>') {
      this.at += 1
      this.redirect('>')
      return
    }
    this.at += 1
    this.endCommand()
  }

  private redirect(char: string): void {
    if (this.source[this.at + 1] === '(') {
      const close = this.closingParenthesis(this.at + 2)
      this.nested(this.source.slice(this.at + 2, close))
      this.take('$()', close + 1 - this.at)
      return
    }
    if (this.word !== undefined && /^\d+$/.test(this.word)) this.word = undefined
    this.endWord()
    if (this.source.startsWith('<<<', this.at)) {
      this.at += 3
      this.redirecting = true
      return
    }
    if (this.source.startsWith('<<', this.at)) {
      this.hereDocument()
      return
    }
    while (this.source[this.at] === char || this.source[this.at] === '|') this.at += 1
    this.redirecting = true
  }

  private hereDocument(): void {
    this.at += 2
    const stripTabs = this.source[this.at] === '-'
    if (stripTabs) this.at += 1
    while (this.source[this.at] === ' ') this.at += 1
    const match = /^(?:'([^'\n]{1,100})'|"([^"\n]{1,100})"|\\?([A-Za-z0-9_.-]{1,100}))/.exec(
      this.source.slice(this.at, this.at + 104),
    )
    if (match === null) return
    this.at += match[0].length
    this.waiting.push({ delimiter: match[1] ?? match[2] ?? match[3] ?? '', stripTabs, words: this.words })
  }

  /** The bodies that follow the line just read. */
  private hereDocuments(): void {
    for (const { delimiter, stripTabs, words } of this.waiting.splice(0)) {
      const body: string[] = []
      while (this.at < this.source.length) {
        const end = this.endOfLine()
        const line = this.source.slice(this.at, end)
        this.at = end + 1
        if ((stripTabs ? line.replace(/^\t+/, '') : line) === delimiter) break
        body.push(line)
      }
      this.commands.push({ words, stdin: body.join('\n') })
    }
  }

  private endOfLine(): number {
    const end = this.source.indexOf('\n', this.at)
    return end === -1 ? this.source.length : end
  }

  private endWord(): void {
    if (this.word === undefined) return
    if (!this.redirecting) this.words.push(this.word)
    this.redirecting = false
    this.word = undefined
  }

  private endCommand(): void {
    this.endWord()
    this.redirecting = false
    if (this.words.length > 0) this.commands.push({ words: this.words, stdin: '' })
    this.words = []
  }
}

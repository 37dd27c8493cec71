/**
 * The forms in which a secret may turn up in a log: itself, each of its lines, and what the usual encoders make of
 * them. The list is that of GitHub's runner.
 */
export function formsOf(secret: string): ReadonlySet<string> {
  const lines = secret.split(/[\r\n]/).map((line) => line.trim())
  // One brace of a JSON key is no secret, and masking every brace would make the log unreadable.
  const parts = [secret, secret.trim(), ...lines.filter((line) => line === secret || line.length >= shortestLine)]
  const forms = parts
    .filter((part) => part !== '')
    .flatMap((part) => [part, ...encoders.flatMap((encode) => encode(part))])
  return new Set(forms.filter((form) => form !== ''))
}

const shortestLine = 3
/** Shorter cuts of base64 are ordinary words. */
const shortestBase64 = 8

type Encoder = (value: string) => readonly string[]

const encoders: readonly Encoder[] = [
  base64,
  (value) => [value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')],
  (value) => [value.replaceAll("'", "''")],
  (value) => [JSON.stringify(value).slice(1, -1)],
  (value) => [uri(value)],
  (value) => [xml(value), xml(value).replaceAll("'", '&apos;').replaceAll('"', '&quot;')],
  (value) => [value.replace(/^"/, '').replace(/"$/, '')],
  powerShell,
]

/** Inside a longer text the bytes may start at any of three offsets: take what does not depend on the neighbours. */
function base64(value: string): string[] {
  const bytes = Buffer.from(value)
  const whole = bytes.toString('base64')
  const shifted = [0, 1, 2].map((offset) => {
    const length = Math.floor((bytes.length - offset) / 3) * 3
    return length > 0 ? bytes.subarray(offset, offset + length).toString('base64') : ''
  })
  const safeForUrls = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  const forms = shifted.filter((form) => form.length >= shortestBase64)
  return [whole, ...forms].flatMap((form) => [form, safeForUrls(form)])
}

function uri(value: string): string {
  // A lone surrogate has no URI form.
  return value.isWellFormed() ? encodeURIComponent(value) : ''
}

function xml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** PowerShell prints the parts around an ampersand in colours of their own; the first six characters tell enough. */
function powerShell(value: string): string[] {
  if (!value.includes('&')) return []
  const parts = value.split('&').filter((part) => part.length >= 6)
  return [...parts, ...parts.map((part) => part.slice(0, 6))]
}

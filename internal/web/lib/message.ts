// message: reads and words catalogue messages, the same small part of ICU MessageFormat that package phrase has in Go.
//
//   {name}                                           the argument as it is
//   {n, plural, =0 {none} one {# try} other {# tries}}   exact numbers first, then the locale's plural category; # is n
//   {who, select, teacher {…} other {…}}             by the argument's text
//
// Messages nest. A quote ' before { } or # makes it plain ('' is one quote). One vector file is run here and in Go
// (internal/phrase/testdata/vectors.json).

/** Args are a message's values by name. */
export type Args = Record<string, string | number>

/** Part is one piece of a read message. */
export type Part =
  | { is: 'text'; text: string }
  | { is: 'arg'; name: string }
  | { is: 'hash' }
  | { is: 'plural' | 'select'; name: string; cases: Record<string, Part[]> }

/** parse reads a message; it throws an Error that says where it is malformed. */
export function parse(source: string): Part[] {
  const at = { i: 0 }
  const parts = sequence(source, at, false)
  if (at.i < source.length) throw new Error(`"${source}": } without { at ${at.i}`)
  return parts
}

function sequence(s: string, at: { i: number }, inPlural: boolean): Part[] {
  const parts: Part[] = []
  let text = ''
  const flush = () => { if (text) parts.push({ is: 'text', text }); text = '' }
  while (at.i < s.length && s[at.i] !== '}') {
    const c = s[at.i]!
    if (c === "'" && s[at.i + 1] === "'") { text += "'"; at.i += 2 }
    else if (c === "'" && /[{}#]/.test(s[at.i + 1] ?? '')) {
      text += s[at.i + 1]
      at.i += 2
      if (s[at.i] === "'") at.i++
    } else if (c === '{') { flush(); parts.push(argument(s, at, inPlural)) }
    else if (c === '#' && inPlural) { flush(); parts.push({ is: 'hash' }); at.i++ }
    else { text += c; at.i++ }
  }
  flush()
  return parts
}

function argument(s: string, at: { i: number }, inPlural: boolean): Part {
  const start = at.i++
  const name = word(s, at)
  if (!name) throw new Error(`"${s}": an argument without a name at ${start}`)
  if (s[at.i] === '}') { at.i++; return { is: 'arg', name } }
  if (s[at.i++] !== ',') throw new Error(`"${s}": expected , or } after {${name}`)
  const kind = word(s, at)
  if (kind !== 'plural' && kind !== 'select') throw new Error(`"${s}": {${name}, ${kind}} is neither plural nor select`)
  if (s[at.i++] !== ',') throw new Error(`"${s}": expected , after {${name}, ${kind}`)
  const cases: Record<string, Part[]> = {}
  for (;;) {
    const key = word(s, at)
    if (!key) break
    if (s[at.i++] !== '{') throw new Error(`"${s}": expected { after ${key}`)
    if (key in cases) throw new Error(`"${s}": ${key} stands twice`)
    cases[key] = sequence(s, at, kind === 'plural' || inPlural)
    if (s[at.i++] !== '}') throw new Error(`"${s}": ${key} {… is not closed`)
  }
  if (s[at.i++] !== '}') throw new Error(`"${s}": {${name}, ${kind}… is not closed`)
  if (!cases['other']) throw new Error(`"${s}": {${name}, ${kind}… has no other`)
  return { is: kind, name, cases }
}

function word(s: string, at: { i: number }): string {
  const space = () => { while (/\s/.test(s[at.i] ?? '')) at.i++ }
  space()
  const from = at.i
  while (/[A-Za-z0-9_=-]/.test(s[at.i] ?? '')) at.i++
  const found = s.slice(from, at.i)
  space()
  return found
}

/** Voice is how a locale says things. */
export interface Voice { locale: string; isolate: boolean }

/** plain is the locale that a pseudo-locale is made from, any other as it is. */
export function plain(locale: string): string {
  return /-X[AB]$/.test(locale) ? 'en' : locale
}

const rules = new Map<string, Intl.PluralRules>()

function category(locale: string, n: number): string {
  let rule = rules.get(locale)
  if (!rule) rules.set(locale, (rule = new Intl.PluralRules(plain(locale))))
  return rule.select(n)
}

/** isRtl says whether a locale is written from right to left. */
export function isRtl(locale: string): boolean {
  return /^(ar|fa|he|ur|ps|sd|ug|yi|dv)(-|$)/.test(locale)
}

/** pick chooses a plural's or select's case for a value. */
export function pick(part: { is: 'plural' | 'select'; cases: Record<string, Part[]> }, value: string | number | undefined, locale: string): Part[] {
  const other = part.cases['other']!
  if (value === undefined) return other
  if (part.is === 'select') return part.cases[String(value)] ?? other
  const n = Number(value)
  return part.cases[`=${n}`] ?? part.cases[category(locale, n)] ?? other
}

/** format words a read message. An argument that is not given shows as its name in brackets. */
export function format(parts: Part[], args: Args, voice: Voice, hash?: string): string {
  let out = ''
  for (const part of parts) {
    if (part.is === 'text') out += part.text
    else if (part.is === 'hash') out += hash ?? '#'
    else {
      const value = args[part.name]
      if (part.is === 'arg') {
        const said = value === undefined ? `[${part.name}]` : String(value)
        out += voice.isolate ? `\u2068${said}\u2069` : said
      } else out += format(pick(part, value, voice.locale), args, voice, part.is === 'plural' ? String(value ?? `[${part.name}]`) : hash)
    }
  }
  return out
}

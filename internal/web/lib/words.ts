// words: every sentence that a page says. The page's words come in the <script type="application/json" id="words"> block,
// already in the reader's locale; message.ts fills in the values.
import type { ComponentChild } from 'preact'
import { type Args, type Part, format, isRtl, parse, pick } from './message.ts'
import { block, page } from './page.ts'

/** Phrase is something to say as data: a catalogue key and its values. The server stores and sends these. */
export interface Phrase { code: string; args?: Args }

let words: Record<string, string> = block('words', {})
const read = new Map<string, Part[]>()

/** setWords replaces the words, for tests. */
export function setWords(next: Record<string, string>): void {
  words = next
  read.clear()
}

function parts(key: string): Part[] | null {
  const kept = read.get(key)
  if (kept) return kept
  const source = words[key]
  if (source === undefined) {
    console.error(`no words for "${key}"`)
    return null
  }
  const made = parse(source)
  read.set(key, made)
  return made
}

function voice() {
  const { locale } = page.value
  return { locale, isolate: isRtl(locale) }
}

/** t says a catalogue key with its values. A key without words is shown in brackets and logged, which fails the gates. */
export function t(key: string, args: Args = {}): string {
  const made = parts(key)
  return made ? format(made, args, voice()) : `[${key}]`
}

/** has says whether the page was given words for a key. */
export function has(key: string): boolean {
  return key in words
}

/** say words a Phrase from the server; nothing for none. */
export function say(phrase: Phrase | null | undefined): string {
  return phrase?.code ? t(phrase.code, phrase.args) : ''
}

/** rich is t for values that are elements, such as <bdi>{name}</bdi>: it returns the pieces in order, ready to be children. */
export function rich(key: string, args: Record<string, ComponentChild>): ComponentChild[] {
  const made = parts(key)
  if (!made) return [`[${key}]`]
  const how = voice()
  const out: ComponentChild[] = []
  const put = (piece: ComponentChild) => {
    if (typeof piece === 'string' && typeof out.at(-1) === 'string') out.push(`${out.pop() as string}${piece}`)
    else out.push(piece)
  }
  const walk = (list: Part[], hash?: ComponentChild): void => {
    for (const part of list) {
      if (part.is === 'text') put(part.text)
      else if (part.is === 'hash') put(hash ?? '#')
      else {
        const value = args[part.name]
        const plain = typeof value === 'string' || typeof value === 'number' ? value : undefined
        if (part.is === 'arg') {
          if (value === undefined) put(`[${part.name}]`)
          else put(plain === undefined ? value : how.isolate ? `\u2068${plain}\u2069` : String(plain))
        } else walk(pick(part, plain, how.locale), part.is === 'plural' ? String(plain) : hash)
      }
    }
  }
  walk(made)
  return out
}

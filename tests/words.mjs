// words: the product's catalogue files as one, and the two pseudo-locales, for story pages that are served without Go.
// Package phrase has the same in Go and is the authority; tests/unit.mjs compares them on testdata/vectors.json.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const folders = ['internal/phrase/en', 'internal/web/learner', 'internal/web/staff', 'internal/web/ui']

/** english reads every NAME.en.json into one object, key to message. */
export function english(root) {
  const words = {}
  for (const folder of folders) {
    let files = []
    try { files = readdirSync(join(root, folder)) } catch { continue }
    for (const file of files) if (file.endsWith('.en.json')) Object.assign(words, JSON.parse(readFileSync(join(root, folder, file), 'utf8')))
  }
  return words
}

const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const odd = [...'åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ']
const accent = (s) => s.replaceAll(/[A-Za-z]/g, (c) => odd[plain.indexOf(c)])

/** outside changes the text of a message that is no argument, leaving { }, case names and # alone. */
function outside(message, change) {
  let out = '', text = ''
  const depth = []
  const flush = () => { out += text && change(text); text = '' }
  for (let i = 0; i < message.length; i++) {
    const c = message[i]
    if (c === '{') {
      const head = /^\{\s*\w+\s*(\}|,\s*(?:plural|select)\s*,)/.exec(message.slice(i))
      flush()
      if (head) {
        out += head[0]
        i += head[0].length - 1
        if (head[1] !== '}') depth.push('cases')
      } else { out += c; depth.push('text') }
    } else if (c === '}') { flush(); out += c; depth.pop() }
    else if (depth.at(-1) === 'cases') {
      const key = /^\s*[\w=-]*\s*/.exec(message.slice(i))[0] || c
      out += key
      i += key.length - 1
      if (message[i + 1] === '{') { out += '{'; i++; depth.push('text') }
    } else if (c === '#' && depth.length > 0) { flush(); out += c }
    else text += c
  }
  flush()
  return out
}

/** inLocale is a message as the locale says it: English, en-XA (accents, brackets, a third longer) or ar-XB (turned). */
export function inLocale(message, locale) {
  if (locale === 'en-XA') return `⟦${outside(message, accent)}${' ~~~'.repeat(message.length < 4 ? 0 : Math.ceil((message.length * 0.3) / 4))}⟧`
  if (locale === 'ar-XB') return outside(message, (s) => (s.trim() ? `\u202e${s}\u202c` : s))
  return message
}

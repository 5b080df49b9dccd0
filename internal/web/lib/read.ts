// read: reads a number as a person types it, to show back "we read this as". Only the school judges (package item);
// nothing here says right or not yet. What the school reads is never called unreadable here: both are tested with
// internal/item/testdata/typed.json.

/** Read is a number as typed: whole part, and a fraction or decimals when there are any. */
export interface Read { negative: boolean; whole: string; top?: string; bottom?: string; decimals?: string }

interface Plain { whole: string; decimals?: string }

const vulgar: Record<string, string> = {
  '½': '1/2', '⅓': '1/3', '⅔': '2/3', '¼': '1/4', '¾': '3/4', '⅕': '1/5', '⅖': '2/5', '⅗': '3/5', '⅘': '4/5',
  '⅙': '1/6', '⅚': '5/6', '⅐': '1/7', '⅛': '1/8', '⅜': '3/8', '⅝': '5/8', '⅞': '7/8', '⅑': '1/9', '⅒': '1/10',
}

/** digit is the ASCII digit of any script's decimal digit: Unicode lays each script's ten out in order from zero. */
function digit(sign: string): string {
  let n = 0
  while (/\p{Nd}/u.test(String.fromCodePoint(sign.codePointAt(0)! - n - 1))) n++
  return String(n % 10)
}

/** plainly brings what can be typed in many ways into one: ASCII digits and signs, one space, small letters. */
function plainly(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '').replace(/[\u2212\u207b\p{Pd}]/gu, '-').replace(/[\u2044\u2215\uff0f÷]/g, '/').replace(/[\u066b\uff0e·]/g, '.')
    .replaceAll('\uff0c', ',').replace(/[\u066c\u2019]/g, "'").replaceAll('\uff0b', '+').replace(/[\uff05\u066a]/g, '%').replaceAll('\uff04', '$')
    .replace(/[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒]/g, (s) => ` ${vulgar[s]}`).replace(/(?![0-9])\p{Nd}/gu, digit)
    .toLowerCase().replace(/\s+/g, ' ').replace(/[,; ]+$|^[~≈ ]+/g, '').replace(/(\d) and (?=\d+ ?\/)/, '$1 ')
}

const money = /^([-+ ]*)[$€£]([-+ ]*[\d.,' /]+)$/

/** begins is the letter with which a unit's name begins. */
const begins = (unit: string) => unit.replaceAll('\\', '').trim().toLowerCase().replace('$', 'd').replace('%', 'p').replace('¢', 'c')[0]

/** withoutUnit takes off what is typed along: a currency sign in front, or a word behind that begins as a unit does. The
 * school looks closer. null where something else stands there. */
function withoutUnit(s: string, units: string[]): string | null {
  const first = units.map(begins).filter((letter) => letter && /\p{L}|[€£]/u.test(letter))
  const paid = money.exec(s)
  if (paid) return first.some((letter) => 'd€£'.includes(letter!)) ? paid[1]! + paid[2]! : null
  const m = /^([-+\d.,' /]*\d\.?) ?(\p{L}[\p{L} ./]*|[%$€£¢])\.?$/u.exec(s)
  if (!m) return s
  return first.includes(begins(m[2]!)) || (m[2] === '%' && first.length === 0) ? m[1]! : null
}

/** readPlain reads digits with points, commas, apostrophes and spaces. A comma before three digits counts as parting groups. */
function readPlain(text: string): Plain | null {
  const s = text.replace(/\.$/, '')
  if (s.replace(/\D/g, '').length > 18) return null
  if (/^\d+$/.test(s)) return { whole: s }
  const grouped = /^(\d{1,3}(?:([ ',.])\d{3})(?:\2\d{3})*)(?:([.,])(\d+))?$/.exec(s)
  if (grouped && grouped[2] !== grouped[3] && !/^0,\d{3}$|^\d+\.\d{3}$/.test(s)) return { whole: grouped[1]!.replace(/\D/g, ''), ...(grouped[4] && { decimals: grouped[4] }) }
  const m = /^(\d*)[.,](\d+)$/.exec(s)
  return m ? { whole: m[1] || '0', decimals: m[2] } : null
}

const joined = (p: Plain) => (p.decimals ? `${p.whole}.${p.decimals}` : p.whole)

/** readNumber reads "12", "1,200", "-3", "0.75", "1,5", "3/4", "1½", "x = 4", and "40 cups" where cups are among the
 * item's units; null when it is none of these or divides by zero. */
export function readNumber(text: string, units: string[] = []): Read | null {
  if ([...text].length > 40) return null
  const s = withoutUnit(plainly(text).replace(/^\p{L}? ?= ?/u, ''), units)
  const m = /^([-+]?) ?(?:(?:([\d.,' ]+) )?([\d.,']+|[\d ]+) ?\/ ?([-+]?) ?([\d.,' ]+)|([\d.,' ]+))$/.exec(s ?? '')
  if (!m) return null
  if (m[6] !== undefined) {
    const plain = readPlain(m[6].trim())
    return plain && { negative: m[1] === '-', ...plain }
  }
  const whole = m[2] ? readPlain(m[2]) : { whole: '' }
  const top = readPlain(m[3]!.trim()), bottom = readPlain(m[5]!.trim())
  if (!whole || !top || !bottom || Number(joined(bottom)) === 0 || (m[2] && m[4])) return null
  return { negative: (m[1] === '-') !== (m[4] === '-'), whole: joined(whole), top: joined(top), bottom: joined(bottom) }
}

// drafts: what a teacher types, and the item that it makes. The kind is guessed from the answer, numbers of the text become
// drawn ones, and what follows from them is found by trying. Nothing here knows the page.
import type { Criterion, Draft, DraftMistake, DraftOption, Param } from '../lib/api.gen.ts'
import type { Spot } from './spots.ts'
import { type Step, stepsOf, toSteps } from './steps.ts'

export type Kind = Draft['kind']

/** placed says whether answers of a kind are placed on axes. */
export const placed = (kind: Kind): boolean => kind === 'numberline' || kind === 'interval' || kind === 'plane'

/** axesFor are axes on which an answer has room, to begin with. */
export function axesFor(kind: Kind, answer: string): string {
  const parts = [...answer.matchAll(/([-−]?)\s*(\d+(?:\.\d+)?)(?:\s*\/\s*(\d+))?/g)].map((m) => ({ n: (m[1] ? -1 : 1) * (Number(m[2]) / Number(m[3] ?? 1)), d: Number(m[3] ?? 1), point: m[2]!.includes('.') }))
  const axis = (of: typeof parts) => {
    const far = Math.max(0, ...of.map((p) => Math.abs(p.n)))
    const under = Math.max(1, ...of.map((p) => p.d))
    const to = under > 1 && far <= 2 ? 2 : [10, 20, 50, 100, 200, 500, 1000].find((r) => r >= far) ?? Math.ceil(far / 1000) * 1000
    const below = of.some((p) => p.n < 0) || (kind === 'interval' && to === 10)
    const by = Math.max(1, (to / 10) * (below ? 2 : 1))
    const snap = under > 1 ? `1/${under}` : of.some((p) => p.point) ? '0.5' : by > 1 && to <= 200 ? '1' : ''
    return `${below ? -to : 0}..${to} by ${by}${snap && ` snap ${snap}`}`
  }
  if (kind !== 'plane') return axis(parts)
  const pairs = /[xy]/.test(answer) ? [] : parts
  return `x ${axis(pairs.filter((_, i) => i % 2 === 0))}, y ${axis(pairs.filter((_, i) => i % 2 === 1))}`
}

/** withKind chooses a kind; axes to begin with come along where it needs some, and choices become the names of places. */
export function withKind(f: Form, kind: Kind | ''): Form {
  if (kind === 'hotspot' && !f.spots?.length) return { ...f, kind, spots: choicesOf(f.answer).map((c, i) => ({ ...c, tag: f.said[i]?.tag ?? '', nudge: f.said[i]?.nudge ?? '' })) }
  const plane = /\by\s/.test(f.rest.axes)
  if (kind === '' || !placed(kind) || (f.rest.axes !== '' && plane === (kind === 'plane'))) return follow({ ...f, kind })
  return follow({ ...f, kind, rest: { ...f.rest, axes: axesFor(kind, f.answer) } })
}

/** axesOf are the axes of an answer: as written, else such that it has room. */
export const axesOf = (f: Form): string => f.rest.axes || (f.answer.trim() === '' ? '' : axesFor(kindOf(f), f.answer))

/** judged says whether a person judges answers of a kind, by a rubric. */
export const judged = (kind: Kind): boolean => kind === 'long' || kind === 'upload'

/** rubricOf reads lines of a rubric: "What is looked at: not there yet | there | there and explained". */
export function rubricOf(answer: string): Criterion[] {
  return answer.split('\n').map((s) => s.trim()).filter(Boolean).map((line) => {
    const at = line.indexOf(':')
    return { name: (at < 0 ? line : line.slice(0, at)).trim(), levels: at < 0 ? [] : line.slice(at + 1).split('|').map((s) => s.trim()).filter(Boolean) }
  })
}

const rubricLine = /^[^:|]+:[^|]+\|.+$/
const worded = /^\p{L}[\p{L}'’ -]*$/u

/** Wrong is a wrong answer as typed: what it comes to with the numbers that stand in the text, or as an expression. */
export interface Wrong { answer: string; tag: string; nudge: string; near?: string; more?: string[] }

/** Said is what belongs to one choice besides its words. */
export interface Said { tag: string; nudge: string; if?: string }

/** Drawing is a number that is drawn anew for each learner. was is what stood in the text, undefined for one that came with the item. */
export interface Drawing { name: string; from: number; to: number; step: number; was?: number; of?: string[] }

/** Form is the page's fields. kind '' is guessed from the answer; key '' follows from it too. rest is what a draft holds that has no field here. */
export interface Form {
  text: string; answer: string; kind: Kind | ''; key: string; draws: Drawing[]; wrong: Wrong[]; said: Said[]; hints: string[]; solution: string
  /** spots are the places of a picture, steps what hints ask, beside them. */
  spots?: Spot[]; steps?: Step[]
  rest: Pick<Draft, 'sends' | 'axes' | 'exact' | 'pattern' | 'picture' | 'boxes' | 'context' | 'forms' | 'keep' | 'let' | 'ordered' | 'ratio' | 'second' | 'tolerance' | 'unit' | 'variables'>
}

export const nothing: Form = {
  text: '', answer: '', kind: '', key: '', draws: [], wrong: [], said: [], hints: [], solution: '',
  rest: { axes: '', boxes: [], context: '', exact: [], forms: [], keep: [], let: [], ordered: false, pattern: '', ratio: false, second: '', tolerance: '', unit: '', variables: [] },
}

/** choicesOf parts an answer into choices: one a line, * before a right one. Where none is marked the first is right. */
export function choicesOf(answer: string): { text: string; right: boolean }[] {
  const lines = answer.split('\n').map((s) => s.trim()).filter(Boolean)
  const starred = lines.some((s) => s.startsWith('*') && !s.startsWith('**'))
  return lines.map((s, i) => {
    const star = s.startsWith('*') && !s.startsWith('**')
    return { text: (star ? s.slice(1) : s).trim(), right: starred ? star : i === 0 }
  })
}

/** arrows parts what goes somewhere from where it goes: "2/4 -> equal to 1/2". Either side may be empty; null unless every line has one. */
export function arrows(answer: string): { from: string; to: string }[] | null {
  const lines = answer.split('\n').map((s) => s.trim()).filter(Boolean)
  const parts = lines.map((s) => /^(.*?)\s*(?:->|→|=>)\s*(.*)$/.exec(s))
  return lines.length > 1 && parts.every((m) => m && m[1] + m[2]! !== '') ? parts.map((m) => ({ from: m![1]!, to: m![2]! })) : null
}

/** numbered are lines that begin with 1., 2., 3. in turn, without their numbers; null where they do not, or are fewer than three. */
export function numbered(answer: string): string[] | null {
  const lines = answer.split('\n').map((s) => s.trim()).filter(Boolean)
  const parts = lines.map((s) => /^(\d+)[.)]\s+(.+)$/.exec(s))
  return lines.length > 2 && parts.every((m, i) => m && Number(m[1]) === i + 1) ? parts.map((m) => m![2]!) : null
}

/** Arranged is what an answer puts in order, matches or sorts: things with the index of their group, -1 for none. */
export interface Arranged { things: { text: string; group: number }[]; groups: string[] }

/** arrangedOf reads an answer by its kind. In an ordering the lines stand in their order, numbered or not. A matching gives each thing
 * on the left its answer on the right, and what has nothing on its left is an answer to spare; a sorting puts what stands on
 * the left into the group on the right, and a group with nothing on its left stays empty. */
export function arrangedOf(kind: Kind, answer: string): Arranged {
  const lines = answer.split('\n').map((s) => s.trim()).filter(Boolean)
  if (kind === 'ordering') return { things: (numbered(answer) ?? lines).map((text) => ({ text, group: 0 })), groups: [] }
  const parts = arrows(answer) ?? lines.map((from) => ({ from, to: '' }))
  if (kind === 'matching') {
    const groups = parts.filter((p) => p.from !== '').map((p) => p.from)
    return { groups, things: parts.map((p) => ({ text: p.to, group: p.from === '' ? -1 : groups.indexOf(p.from) })) }
  }
  const groups = [...new Set(parts.map((p) => p.to))].filter(Boolean)
  return { groups, things: parts.filter((p) => p.from !== '').map((p) => ({ text: p.from, group: groups.indexOf(p.to) })) }
}

/** arranging says whether a kind's answer is put in order, matched or sorted. */
export const arranging = (kind: Kind): boolean => kind === 'ordering' || kind === 'matching' || kind === 'sorting'

/** partsOf are the things of an answer of which something of its own can be said, in the order of Form.said. */
export function partsOf(kind: Kind, answer: string): { text: string; right: boolean }[] {
  return arranging(kind) ? arrangedOf(kind, answer).things.map((x) => ({ text: x.text, right: false })) : choicesOf(answer)
}

/** arrowed writes what is arranged as it is typed. */
function arrowed(d: Draft, order: number[]): string {
  const line = (s: string) => s.replaceAll('\n', ' ')
  if (d.kind === 'ordering') return d.options.map((o, i) => `${i + 1}. ${line(o.text)}`).join('\n')
  if (d.kind === 'matching') return order.map((i) => `${d.options[i]!.group < 0 ? '' : `${line(d.groups[d.options[i]!.group] ?? '')} `}-> ${line(d.options[i]!.text)}`).join('\n')
  const empty = d.groups.filter((_, g) => !d.options.some((o) => o.group === g))
  return [...order.map((i) => `${line(d.options[i]!.text)} -> ${line(d.groups[d.options[i]!.group] ?? '')}`), ...empty.map((g) => `-> ${line(g)}`)].join('\n')
}

const digits = String.raw`[-−–]?\s*\d[\d,]*(?:\.\d+)?`
const amount = new RegExp(String.raw`^([$€£]?)\s*(${digits})\s*([^\d\s+\-−*×÷/^=<>()][^\d+*/^=<>()]*)?$`)
const part = /^([-−–]?\s*(?:\d+\s+)?\d+\s*\/\s*\d+)\s*([^\d\s+\-−*×÷/^=<>()][^\d+*/^=<>()]*)?$/

/** Guess is what an answer looks like: its kind, and its value apart from a unit. */
export interface Guess { kind: Kind; value: string; unit: string }

/** bounds is an interval such as [−2, 5) or (−∞, 3], or several with “or” between; pairs are points such as (3, −2). */
const end = String.raw`[-−–+]?\s*(?:∞|inf(?:inity)?|\\infty|\d+(?:\.\d+)?(?:\s*/\s*\d+)?)`
const bounds = new RegExp(String.raw`^[[(]\s*${end}\s*[,;]\s*${end}\s*[\])](?:\s*(?:or|∪|U)\s*[[(]\s*${end}\s*[,;]\s*${end}\s*[\])])*$`, 'i')
const pairs = new RegExp(String.raw`^\(\s*${end}\s*[,;]\s*${end}\s*\)(?:\s*[,;]?\s*\(\s*${end}\s*[,;]\s*${end}\s*\))*$`)

/** guess takes the kind from the answer: lines numbered 1. 2. 3. are an order; lines with an arrow are sorted where several go to one
 * place, else matched; other lines, or a *, are choices; 12 or $5 or 12 apples a number, 3/4 a fraction, (3, −2) a
 * point, [−2, 5) or what goes to ∞ an interval, what holds
 * only drawn names worked out from them, and words a
 * short text, lines with levels (a: b | c) a rubric, and anything else mathematics. */
export function guess(answer: string, drawn: string[]): Guess {
  if (numbered(answer)) return { kind: 'ordering', value: '', unit: '' }
  const to = arrows(answer)
  if (to) return { kind: new Set(to.map((x) => x.to)).size < to.length ? 'sorting' : 'matching', value: '', unit: '' }
  const choices = choicesOf(answer)
  if (answer.trim() !== '' && answer.trim().split('\n').every((s) => rubricLine.test(s.trim()))) return { kind: 'long', value: '', unit: '' }
  if (choices.length > 1 || answer.trim().startsWith('*')) return { kind: choices.filter((c) => c.right).length > 1 ? 'choices' : 'choice', value: '', unit: '' }
  const s = answer.trim()
  if (pairs.test(s) && !/∞|inf/i.test(s)) return { kind: 'plane', value: s, unit: '' }
  if (bounds.test(s)) return { kind: 'interval', value: s, unit: '' }
  const of = part.exec(s)
  if (of) return { kind: 'fraction', value: of[1]!, unit: (of[2] ?? '').trim() }
  const n = amount.exec(s)
  // One letter after a number is mathematics (3x) unless it is parted from it (3 m).
  if (n && !(n[3] && /^\p{L}$/u.test(n[3].trim()) && !/\d\s/.test(s))) return { kind: 'number', value: n[2]!, unit: (n[1] || n[3] || '').trim() }
  if (/[=<>≤≥]/.test(s)) return { kind: 'equation', value: s, unit: '' }
  const names = s.match(/\p{L}\w*/gu) ?? []
  if (names.length > 0 && names.every((x) => drawn.includes(x))) return { kind: 'number', value: s, unit: '' }
  if (worded.test(s) && names.some((x) => x.length > 3 && x !== 'sqrt')) return { kind: 'short', value: s, unit: '' }
  return { kind: s === '' ? 'number' : 'expression', value: s, unit: '' }
}

/** Place is a whole number in a text that could be drawn. */
export interface Place { value: number; start: number; end: number }

/** numbersIn finds them: whole, at most six digits, no part of a decimal, a name, a command or of what is drawn already. */
export function numbersIn(text: string): Place[] {
  const out: Place[] = []
  for (const m of text.matchAll(/\[\[.*?\]\]|!\w+[^\n]*|\\\w+|\p{L}[\p{L}\d]*|\d[\d.,]*\d|\d/gu)) {
    if (/^\d{1,6}$/.test(m[0])) out.push({ value: Number(m[0]), start: m.index, end: m.index + m[0].length })
  }
  return out
}

/** around is a range that a number could as well be drawn from. */
export function around(n: number): { from: number; to: number; step: number } {
  if (n < 2) return { from: n, to: n + 8, step: 1 }
  if (n < 10) return { from: 2, to: 9, step: 1 }
  const step = n % 100 === 0 ? 100 : n % 10 === 0 && n >= 20 ? 10 : n % 5 === 0 && n >= 25 ? 5 : 1
  return { from: Math.max(step, Math.round(n / 2 / step) * step), to: Math.round((2 * n) / step) * step, step }
}

/** freeName is a letter that stands for nothing yet in the text, the answer or the drawn names. */
export function freeName(f: Form): string {
  const taken = new Set([...f.draws.map((d) => d.name), ...f.rest.let.map((l) => l.name), ...[f.answer, ...(f.text.match(/\$[^$]*\$/g) ?? [])].flatMap((s) => s.match(/(?<![\\\p{L}])\p{L}(?!\p{L})/gu) ?? [])])
  for (const name of 'abcdfghkmnpqrstuvwxyz') if (!taken.has(name)) return name
  return `n${f.draws.length + 1}`
}

/** vary makes a number of the text drawn. */
export function vary(f: Form, at: Place): Form {
  const name = freeName(f)
  return follow({ ...f, text: `${f.text.slice(0, at.start)}[[${name}]]${f.text.slice(at.end)}`, draws: [...f.draws, { name, ...around(at.value), was: at.value }] })
}

/** fix puts the number back that stood there. */
export function fix(f: Form, name: string): Form {
  const d = f.draws.find((x) => x.name === name)
  const text = f.text.replaceAll(`[[${name}]]`, String(d?.was ?? d?.from ?? ''))
  return follow({ ...f, text, draws: f.draws.filter((x) => x.name !== name) })
}

interface Term { of: string; value: number; top: number; names: string[]; ops: number }

const join: { sign: string; top: number; of: (a: number, b: number) => number; both: boolean }[] = [
  { sign: '*', top: 2, of: (a, b) => a * b, both: false }, { sign: '+', top: 1, of: (a, b) => a + b, both: false },
  { sign: '-', top: 1, of: (a, b) => a - b, both: true }, { sign: '/', top: 2, of: (a, b) => (b === 0 ? Number.NaN : a / b), both: true },
]

function joined(a: Term, b: Term): Term[] {
  return join.flatMap((j) => [[a, b], ...(j.both ? [[b, a]] : [])].map(([l, r]) => {
    const left = l!.top < j.top ? `(${l!.of})` : l!.of
    const right = r!.top < j.top || (r!.top === j.top && (j.sign === '-' || j.sign === '/')) ? `(${r!.of})` : r!.of
    return { of: `${left}${j.sign}${right}`, value: j.of(l!.value, r!.value), top: j.top, names: [...l!.names, ...r!.names], ops: l!.ops + r!.ops + 1 }
  }))
}

/** derive finds expressions that come to a value from the numbers of a text: drawn ones by name, others as they stand. Every drawn
 * number must be in it where that is possible; the shortest stand first. At most five. */
export function derive(draws: Drawing[], others: number[], value: number): string[] {
  const leaf = (of: string, n: number, names: string[]): Term => ({ of, value: n, top: 3, names, ops: 0 })
  const leaves = [...draws.filter((d) => d.was !== undefined).map((d) => leaf(d.name, d.was!, [d.name])), ...others.slice(0, 3).map((n) => leaf(String(n), n, []))].slice(0, 5)
  const pairs = leaves.flatMap((a, i) => leaves.slice(i + 1).flatMap((b) => joined(a, b).map((t) => ({ t, used: [i, leaves.indexOf(b)] }))))
  const triples = pairs.flatMap(({ t, used }) => leaves.flatMap((c, k) => (used.includes(k) ? [] : joined(t, c))))
  const all = [...leaves, ...pairs.map((p) => p.t), ...triples].filter((t) => t.names.length > 0 && Math.abs(t.value - value) < 1e-9)
  const whole = (t: Term) => new Set(t.names).size
  all.sort((a, b) => whole(b) - whole(a) || a.ops - b.ops || a.of.length - b.of.length)
  return [...new Set(all.map((t) => t.of))].slice(0, 5)
}

const number = (s: string): number => {
  const t = s.replace(/[−–]/g, '-').replace(/,(?=\d{3})/g, '').replace(/\s+/g, ' ').trim()
  const m = /^(-?)(?:(\d+) )?(\d+) ?\/ ?(\d+)$/.exec(t)
  if (m) return (m[1] ? -1 : 1) * (Number(m[2] ?? 0) + Number(m[3]) / Number(m[4]))
  return t === '' ? Number.NaN : Number(t)
}

/** ways are the expressions that the answer could follow by; none while nothing is drawn, or where the answer is no number. */
export function ways(f: Form, answer: string): string[] {
  if (f.draws.length === 0) return []
  const n = number(guess(answer, f.draws.map((d) => d.name)).value)
  return Number.isFinite(n) ? derive(f.draws, numbersIn(f.text).map((p) => p.value), n) : []
}

/** mathsFollow puts expressions for the numbers of typed mathematics: 7x becomes [[a+b]]x where a and b were 3 and 4. */
export function mathsFollow(f: Form, answer: string): string {
  const others = numbersIn(f.text).map((p) => p.value)
  return answer.replaceAll(/\[\[.*?\]\]|(?<![\d.])\d+(?![\d.])/g, (m) => {
    if (m.startsWith('[[')) return m
    const way = derive(f.draws, others, Number(m))[0]
    return way === undefined ? m : `[[${way}]]`
  })
}

/** follow works the key out anew from the answer and what is drawn. */
export function follow(f: Form): Form {
  return { ...f, key: f.draws.some((d) => d.was !== undefined) ? (ways(f, f.answer)[0] ?? '') : '' }
}

/** kindOf is the kind chosen, or guessed. */
export function kindOf(f: Form): Kind {
  return f.kind || guess(f.answer, f.draws.map((d) => d.name)).kind
}

/** fixedAnswer says that numbers are drawn and the answer is the same for all of them: hardly what was meant. */
export function fixedAnswer(f: Form): boolean {
  const kind = kindOf(f)
  if (f.draws.length === 0 || f.answer.trim() === '' || (kind !== 'number' && kind !== 'fraction')) return false
  const names = [...f.draws.map((d) => d.name), ...f.rest.let.map((l) => l.name)]
  return !(toDraft(f, '').key.match(/\p{L}\w*/gu) ?? []).some((x) => names.includes(x))
}

/** keeps are conditions that keep a derived answer what it was: whole, and above zero. */
function keeps(f: Form, key: string): string[] {
  const n = number(guess(f.answer, f.draws.map((d) => d.name)).value)
  if (key === '' || !Number.isFinite(n)) return []
  return [...(key.includes('/') && Number.isInteger(n) ? [`isint(${key})`] : []), ...(key.includes('-') && n > 0 ? [`${key} > 0`] : [])]
}

/** toDraft is the form as the school takes it. */
export function toDraft(f: Form, skill: string): Draft {
  const kind = kindOf(f)
  const g = guess(f.answer, f.draws.map((d) => d.name))
  const numeric = kind === 'number' || kind === 'fraction'
  const choice = kind === 'choice' || kind === 'choices' || kind === 'hotspot'
  const spots: DraftOption[] = kind === 'hotspot' ? (f.spots ?? []).map((s) => ({ text: s.text, right: s.right && !s.if, if: s.if ?? '', group: 0, ...(s.area && { area: s.area }), mistake: s.right ? '' : s.tag, nudge: s.right ? '' : s.nudge })) : []
  const maths = kind === 'expression' || kind === 'equation' || placed(kind)
  const derived = numeric ? f.key.trim() : ''
  const plain = g.kind === 'number' || g.kind === 'fraction' ? g.value : f.answer.trim()
  const options: DraftOption[] = kind === 'hotspot' ? spots : choice ? choicesOf(f.answer).map((c, i) => ({ text: c.text, right: c.right && !f.said[i]?.if, if: f.said[i]?.if ?? '', group: 0, mistake: c.right ? '' : (f.said[i]?.tag ?? ''), nudge: c.right ? '' : (f.said[i]?.nudge ?? '') })) : []
  const arranged = arranging(kind) ? arrangedOf(kind, f.answer) : { things: [], groups: [] }
  const said = (i: number) => (kind === 'ordering' ? undefined : f.said[i])
  options.push(...arranged.things.map((x, i) => ({ text: x.text, right: false, if: '', group: x.group, mistake: said(i)?.tag ?? '', nudge: said(i)?.nudge ?? '' })))
  const yields = (answer: string): string => (maths ? mathsFollow(f, answer.trim()) : (numeric && f.key ? ways(f, answer)[0] : undefined) ?? (guess(answer, []).kind === 'number' ? guess(answer, []).value : answer.trim()))
  const mistakes: DraftMistake[] = choice || judged(kind) || kind === 'matching' || kind === 'sorting' ? [] : f.wrong.filter((w) => (w.answer + w.nudge).trim() !== '' || w.near).map((w) => ({ tag: w.tag.trim(), near: w.near ?? '', nudge: w.nudge, yields: w.near ? [] : kind === 'ordering' ? w.answer.match(/\d+/g) ?? [] : [yields(w.answer), ...(w.more ?? [])] }))
  const draw: Param[] = f.draws.map((d) => (d.of ? { name: d.name, of: d.of } : { name: d.name, from: d.from, to: d.to, ...(d.step > 1 && { step: d.step }) }))
  return {
    ...f.rest, axes: placed(kind) ? axesOf(f) : '', skill, kind, text: f.text, options, groups: arranged.groups, mistakes, draw, hints: f.hints.filter((h) => h.trim() !== ''), steps: toSteps(f), solution: f.solution,
    key: numeric ? derived || plain : maths ? mathsFollow(f, f.answer.trim()) : '',
    accepts: kind === 'short' ? f.answer.split('\n').map((s) => s.trim()).filter(Boolean) : [], rubric: judged(kind) ? rubricOf(f.answer) : [],
    unit: numeric && g.unit ? g.unit : f.rest.unit, keep: [...f.rest.keep, ...keeps(f, derived)],
  }
}

/** toForm is a draft of an item that is there, as fields. */
export function toForm(d: Draft): Form {
  const choice = d.kind === 'choice' || d.kind === 'choices'
  const grouped = d.kind === 'matching' || d.kind === 'sorting'
  const last = d.groups.length
  // By their groups, as somebody would write them down; what belongs to none stands last.
  const order = d.options.map((_, i) => i).sort((a, b) => (grouped ? (d.options[a]!.group + 1 || last + 1) - (d.options[b]!.group + 1 || last + 1) : 0) || a - b)
  const { sends, axes, boxes, context, exact, forms, keep, ordered, pattern, picture, ratio, second, tolerance, unit, variables } = d
  return {
    text: d.text, kind: d.kind, key: '', hints: d.hints, steps: stepsOf(d.hints, d.steps), solution: d.solution,
    ...(d.kind === 'hotspot' && { spots: d.options.map((o) => ({ text: o.text, right: o.right || Boolean(o.if), tag: o.mistake, nudge: o.nudge, ...(o.if && { if: o.if }), ...(o.area && { area: o.area }) })) }),
    answer: arranging(d.kind) ? arrowed(d, order) : choice ? d.options.map((o) => `${o.right || o.if ? '*' : ''}${o.text.replaceAll('\n', ' ')}`).join('\n') : d.kind === 'short' ? d.accepts.join('\n') : d.kind === 'hotspot' ? '' : judged(d.kind) ? d.rubric.map((c) => `${c.name}: ${c.levels.join(' | ')}`).join('\n') : d.key,
    draws: d.draw.map((p) => ({ name: p.name, from: p.from ?? 0, to: p.to ?? 0, step: p.step ?? 1, ...(p.of?.length ? { of: p.of } : {}) })),
    wrong: d.mistakes.map((m) => ({ answer: d.kind === 'ordering' ? m.yields.join(' ') : m.yields[0] ?? '', tag: m.tag, nudge: m.nudge, ...(m.near && { near: m.near }), ...(m.yields.length > 1 && d.kind !== 'ordering' && { more: m.yields.slice(1) }) })),
    said: choice || grouped ? order.map((i) => d.options[i]!).map((o) => ({ tag: o.mistake, nudge: o.nudge, ...(o.if && { if: o.if }) })) : [],
    rest: { ...(sends && { sends }), axes, boxes, context, exact, forms, keep, let: d.let, ordered, pattern, ...(picture && { picture }), ratio, second, tolerance, unit, variables },
  }
}

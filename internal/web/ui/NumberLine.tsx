import { useRef } from 'preact/hooks'
import type { AskedMark } from '../lib/api.gen.ts'
import { multiples, type Rat, readRat, same, type Scale, type Span, type Spot, value, writeRat } from '../lib/places.ts'
import { t } from '../lib/words.ts'
import { type HandProps, useHand, useWidth } from './hand.ts'

/** Numeral writes a number into a picture: a fraction stands over its line. y is the foot of a whole number. */
export function Numeral({ of: r, x, y, decimal, anchor = 'middle' }: { of: Rat; x: number; y: number; decimal: boolean; anchor?: 'middle' | 'end' }) {
  const text = writeRat(r, decimal)
  const [top, bottom] = text.replace('−', '').split('/')
  if (!bottom) return <text x={x} y={y} text-anchor={anchor}>{text}</text>
  const w = 7.4 * Math.max(top!.length, bottom.length)
  const mid = anchor === 'end' ? x - w / 2 : x
  const up = anchor === 'end' ? y - 11 : y - 3
  return (
    <g>
      {r.n < 0 && <text x={mid - w / 2 - 7} y={up + 9} text-anchor="middle">−</text>}
      <text x={mid} y={up} text-anchor="middle">{top}</text>
      <line class="place-over" x1={mid - w / 2} x2={mid + w / 2} y1={up + 4} y2={up + 4} />
      <text x={mid} y={up + 18} text-anchor="middle">{bottom}</text>
    </g>
  )
}

/** wide is about how wide a number stands in a picture, in pixels. */
export const wide = (r: Rat, decimal: boolean): number => Math.max(...writeRat(r, decimal).split('/').map((s) => s.length)) * 8

/** Bubble says above a finger what lies beneath it. */
export function Bubble({ x, y, text, room }: { x: number; y: number; text: string; room: number }) {
  const w = 18 + text.length * 9.5
  const mid = Math.min(Math.max(x, w / 2 + 1), room - w / 2 - 1)
  return (
    <g class="place-bubble">
      <rect x={mid - w / 2} y={y - 30} width={w} height={30} rx={8} />
      <text x={mid} y={y - 9} text-anchor="middle">{text}</text>
    </g>
  )
}

/** every is how many numbers to go on along an axis so that they do not touch. */
export function every(numbers: Rat[], px: number, size: (r: Rat) => number): number {
  const need = Math.max(0, ...numbers.map(size)) + 6
  for (const k of [1, 2, 5, 10, 20]) if (px * k >= need) return k
  return 50
}

const left = 22

interface LineProps {
  scale: Scale
  marks: AskedMark[]
  spots: Spot[]
  /** spans are drawn below their ends, which are the spots; closed says of each spot whether it is filled. */
  spans?: Span[]
  closed?: boolean[]
  /** chosen is the one that was touched last, −1 for none. */
  chosen?: number
  hand: Omit<HandProps, 'scales' | 'spots' | 'at'>
  name: string
  tip: string
}

/** NumberLine is a line of numbers with what is placed on it. It is drawn as wide as there is room, never mirrored. */
export function NumberLine({ scale, marks, spots, spans = [], closed, chosen = -1, hand, name, tip }: LineProps) {
  const root = useRef<HTMLDivElement>(null)
  const width = useWidth(root, 620)
  const long = value(scale.to) - value(scale.from)
  const x = (v: number) => left + ((v - value(scale.from)) / long) * (width - 2 * left)
  const numbers = multiples(scale, scale.step)
  const over = numbers.some((r) => writeRat(r, scale.decimal).includes('/'))
  const rows = marks.length > 0 ? markRows(marks, (m) => x(value(readRat(m.at[0]!)!))) : []
  const axis = Math.max(54, 30 + 20 * (rows.length > 0 ? Math.max(...rows) + 1 : 0))
  const height = axis + 34 + (over ? 16 : 0) + (scale.label ? 20 : 0)
  const at: HandProps['at'] = { x: (s) => [x(value(s[0]!)), axis], of: (px) => [value(scale.from) + ((px - left) / (width - 2 * left)) * long] }
  const { held, cursor, on } = useHand({ ...hand, scales: [scale], spots, at })
  const perStep = (value(scale.step) / long) * (width - 2 * left)
  const skip = every(numbers, perStep, (r) => wide(r, scale.decimal))
  const fine = (value(scale.snap) / long) * (width - 2 * left) >= 4 ? multiples(scale, scale.snap) : []
  const said = writeRat(cursor[0]!, scale.decimal)
  const there = spots.some((s) => same(s[0]!, cursor[0]!))
  const cx = x(value(cursor[0]!))
  return (
    <div
      ref={root} dir="ltr" class="place-picture" {...(!hand.fixed && { tabIndex: 0, role: 'slider', 'aria-orientation': 'horizontal' as const, 'aria-valuemin': value(scale.from), 'aria-valuemax': value(scale.to), 'aria-valuenow': value(cursor[0]!), 'aria-valuetext': t(there ? 'ui.place.there' : 'ui.place.here', { at: said }), 'aria-describedby': tip })}
      {...(hand.fixed && { role: 'img' })} aria-label={name} {...on}
    >
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" data-own>
        {!hand.fixed && <rect class="place-catch" x={0} y={0} width={width} height={height} />}
        <path class="place-axis" d={`M6 ${axis}H${width - 6}M12 ${axis - 5}L5 ${axis}L12 ${axis + 5}M${width - 12} ${axis - 5}L${width - 5} ${axis}L${width - 12} ${axis + 5}`} />
        {fine.map((r) => <line key={writeRat(r)} class="place-tick" x1={x(value(r))} x2={x(value(r))} y1={axis - 4} y2={axis + 4} />)}
        {numbers.map((r, i) => <line key={i} class="place-tick tall" x1={x(value(r))} x2={x(value(r))} y1={axis - 8} y2={axis + 8} />)}
        {numbers.map((r, i) => (Math.round(value(r) / value(scale.step)) % skip === 0 ? <Numeral key={i} of={r} x={x(value(r))} y={axis + 26} decimal={scale.decimal} /> : null))}
        {scale.label && <text class="place-name" x={width / 2} y={height - 5} text-anchor="middle">{scale.label}</text>}
        {marks.map((m, i) => {
          const mx = x(value(readRat(m.at[0]!)!)), my = axis - 16 - 20 * rows[i]!
          const w = m.text.length * 7.4
          return <g key={i} class="place-mark"><line x1={mx} x2={mx} y1={axis} y2={my + 3} /><text x={Math.min(Math.max(mx, w / 2 + 2), width - w / 2 - 2)} y={my - 1} text-anchor="middle">{m.text}</text></g>
        })}
        {spans.map((s, i) => {
          const a = s.from ? x(value(s.from)) : 5, b = s.to ? x(value(s.to)) : width - 5
          return <path key={i} class="place-span" d={`M${a} ${axis}H${b}${s.from ? '' : `M${a + 11} ${axis - 9}L${a} ${axis}L${a + 11} ${axis + 9}`}${s.to ? '' : `M${b - 11} ${axis - 9}L${b} ${axis}L${b - 11} ${axis + 9}`}`} />
        })}
        {chosen >= 0 && <circle class="place-chosen" cx={x(value(spots[chosen]![0]!))} cy={axis} r={14} />}
        {spots.map((s, i) => <circle key={i} class={`place-dot${closed && !closed[i] ? ' open' : ''}${held === i ? ' held' : ''}`} cx={x(value(s[0]!))} cy={axis} r={held === i ? 11 : 8} />)}
        {!hand.fixed && <g class="place-cursor"><path d={`M${cx} ${axis - 14}v28`} /></g>}
        {!hand.fixed && <g class={held >= 0 ? 'place-says now' : 'place-says'}><Bubble x={cx} y={axis - 18} text={said} room={width} /></g>}
      </svg>
    </div>
  )
}

/** markRows stacks the words above a line so that none touches another. */
function markRows(marks: AskedMark[], x: (m: AskedMark) => number): number[] {
  const ends: number[] = []
  return marks.map((m) => {
    const w = m.text.length * 7.4 + 10
    let row = 0
    while ((ends[row] ?? -1e9) > x(m) - w / 2) row++
    ends[row] = x(m) + w / 2
    return row
  })
}

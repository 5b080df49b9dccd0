import { useRef } from 'preact/hooks'
import type { AskedMark } from '../lib/api.gen.ts'
import { clipped, multiples, readRat, sameSpot, type Scale, type Spot, through, value, writeSpots } from '../lib/places.ts'
import { t } from '../lib/words.ts'
import { type HandProps, useHand, useWidth } from './hand.ts'
import { Bubble, every, Numeral, wide } from './NumberLine.tsx'

interface PlaneProps {
  scales: [Scale, Scale]
  marks: AskedMark[]
  join: string
  spots: Spot[]
  /** chosen is the one that was touched last, −1 for none. */
  chosen: number
  /** line is one that was typed; two points have their own. */
  line?: [number, number, number]
  hand: Omit<HandProps, 'scales' | 'spots' | 'at'>
  name: string
  tip: string
}

/** Plane is two axes with a grid and what is placed on it: points, a segment, a line. It is never mirrored. */
export function Plane({ scales, marks, join, spots, chosen, line, hand, name, tip }: PlaneProps) {
  const root = useRef<HTMLDivElement>(null)
  const width = useWidth(root, 460)
  const [sx, sy] = scales
  const xs = multiples(sx, sx.step), ys = multiples(sy, sy.step)
  const left = value(sy.from) < 0 && value(sx.from) < 0 ? 18 : Math.max(26, ...ys.map((r) => wide(r, sy.decimal) + 12))
  const right = 18, top = sy.label ? 34 : 18, bottom = sx.label ? 48 : 30
  const w = width - left - right
  const h = Math.min(w, 380)
  const height = top + h + bottom
  const x = (v: number) => left + ((v - value(sx.from)) / (value(sx.to) - value(sx.from))) * w
  const y = (v: number) => top + h - ((v - value(sy.from)) / (value(sy.to) - value(sy.from))) * h
  const at: HandProps['at'] = {
    x: (s) => [x(value(s[0]!)), y(value(s[1]!))],
    of: (px, py) => [value(sx.from) + ((px - left) / w) * (value(sx.to) - value(sx.from)), value(sy.from) + ((top + h - py) / h) * (value(sy.to) - value(sy.from))],
  }
  const { held, cursor, on } = useHand({ ...hand, scales, spots, at })
  const clamp = (v: number, s: Scale) => Math.min(Math.max(v, value(s.from)), value(s.to))
  const ox = x(clamp(0, sx)), oy = y(clamp(0, sy))
  const along = (value(sx.step) / (value(sx.to) - value(sx.from))) * w, up = (value(sy.step) / (value(sy.to) - value(sy.from))) * h
  const skipX = every(xs, along, (r) => wide(r, sx.decimal)), skipY = every(ys, up, () => 14)
  const two = spots.length === 2 ? through(spots[0]!, spots[1]!) : undefined
  const drawn = join === 'segment' ? null : line ?? (join === 'line' ? two : undefined)
  const ends = drawn ? clipped(drawn, sx, sy) : null
  const said = writeSpots([cursor], scales)
  const [cx, cy] = at.x(cursor)
  const there = spots.some((s) => sameSpot(s, cursor))
  return (
    <div
      ref={root} dir="ltr" class="place-picture plane" {...(!hand.fixed && { tabIndex: 0, role: 'application', 'aria-describedby': tip })} {...(hand.fixed && { role: 'img' })}
      aria-label={hand.fixed ? name : `${name} ${t(there ? 'ui.place.there' : 'ui.place.here', { at: said })}`} {...on}
    >
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" data-own>
        {!hand.fixed && <rect class="place-catch" x={0} y={0} width={width} height={height} />}
        <path class="place-grid" d={xs.map((r) => `M${x(value(r))} ${top}v${h}`).join('') + ys.map((r) => `M${left} ${y(value(r))}h${w}`).join('')} />
        <path class="place-axis" d={`M${left} ${oy}H${left + w + 12}M${left + w + 6} ${oy - 5}l7 5l-7 5M${ox} ${top + h}V${top - 12}M${ox - 5} ${top - 6}l5 -7l5 7`} />
        {xs.map((r, i) => (Math.round(value(r) / value(sx.step)) % skipX === 0 && (r.n !== 0 || value(sx.from) >= 0) ? <Numeral key={i} of={r} x={x(value(r))} y={oy + 18} decimal={sx.decimal} /> : null))}
        {ys.map((r, i) => (Math.round(value(r) / value(sy.step)) % skipY === 0 && r.n !== 0 ? <Numeral key={i} of={r} x={ox - 7} y={y(value(r)) + 5} decimal={sy.decimal} anchor="end" /> : null))}
        {sx.label && <text class="place-name" x={left + w} y={height - 8} text-anchor="end">{sx.label}</text>}
        {sy.label && <text class="place-name" x={4} y={14}>{sy.label}</text>}
        {marks.map((m, i) => {
          const mx = x(value(readRat(m.at[0]!)!)), my = y(value(readRat(m.at[1]!)!))
          const over = mx + 10 + m.text.length * 7.4 > width
          return <g key={i} class="place-mark"><circle cx={mx} cy={my} r={5} /><text x={over ? mx - 10 : mx + 10} y={my - 7} text-anchor={over ? 'end' : 'start'}>{m.text}</text></g>
        })}
        {ends && <line class="place-line" x1={x(ends[0])} y1={y(ends[1])} x2={x(ends[2])} y2={y(ends[3])} />}
        {join === 'segment' && spots.length === 2 && <line class="place-line" x1={at.x(spots[0]!)[0]} y1={at.x(spots[0]!)[1]} x2={at.x(spots[1]!)[0]} y2={at.x(spots[1]!)[1]} />}
        {!hand.fixed && <g class={held >= 0 ? 'place-cursor now' : 'place-cursor'}><path d={`M${ox} ${cy}H${cx}M${cx} ${oy}V${cy}`} /><circle cx={cx} cy={cy} r={13} /></g>}
        {chosen >= 0 && <circle class="place-chosen" cx={at.x(spots[chosen]!)[0]} cy={at.x(spots[chosen]!)[1]} r={13} />}
        {spots.map((s, i) => {
          const [px, py] = at.x(s)
          return <g key={i} class="place-spot">{!hand.fixed && <circle class="place-grip" cx={px} cy={py} r={22} />}<circle class={`place-dot${held === i ? ' held' : ''}`} cx={px} cy={py} r={held === i ? 10 : 7} /></g>
        })}
        {!hand.fixed && <g class={held >= 0 ? 'place-says now' : 'place-says'}><Bubble x={cy < 64 ? (cx < width / 2 ? cx + 76 : cx - 76) : cx} y={cy < 64 ? cy + 15 : cy - 28} text={said} room={width} /></g>}
      </svg>
    </div>
  )
}

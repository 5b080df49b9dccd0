import { useId, useState } from 'preact/hooks'
import type { AskedAxes } from '../lib/api.gen.ts'
import { type Rat, readSpans, readSpots, same, sameSpot, type Scale, scaleOf, type Shown, shownOf, type Span, type Spot, value, within, writeRat, writeSpans, writeSpots } from '../lib/places.ts'
import type { Subject } from '../lib/reading.ts'
import { t } from '../lib/words.ts'
import { Button } from './Button.tsx'
import { type Key, Maths, useReading } from './Maths.tsx'
import { NumberLine } from './NumberLine.tsx'
import { Plane } from './Plane.tsx'

export interface PlaceProps {
  kind: 'numberline' | 'interval' | 'plane'
  axes: AskedAxes
  text: string
  onText: (text: string) => void
  /** subject is the item as the school knows it; without one, what is typed is drawn only where it is written as it would be placed. */
  subject?: Subject
  fixed?: boolean
  by?: string
}

/** most is how many points may be placed where several are asked for. */
const most = 12

/** keys are what a phone hides; the rest stands on its own keyboard. */
const keys: Key[] = [...['[', ']', '∞'].map((s) => ({ types: s, name: '' })), { types: '≤', name: 'ui.key.most' }, { types: '≥', name: 'ui.key.least' }]

/** Place takes what is placed on a picture, or typed beside it; both are one text. What is placed by hand is written as mathematics,
 * what is typed is drawn: at once where it is written so, else as the school reads it. */
export function Place(p: PlaceProps) {
  const tip = useId()
  const scales = p.axes.y ? [scaleOf(p.axes.x), scaleOf(p.axes.y)] : [scaleOf(p.axes.x)]
  const spots = p.kind === 'interval' ? null : readSpots(p.text, p.kind === 'plane')
  const spans = p.kind === 'interval' ? readSpans(p.text) : null
  const own = spots !== null || spans !== null
  const read = useReading(own ? undefined : p.subject, p.text, p.fixed)
  const shown: Shown = own ? { spots: spots ?? [], spans: spans ?? [] } : read?.placed ? shownOf(read.placed) : { spots: [], spans: [] }
  const off = [...shown.spots, ...shown.spans.flatMap((s) => [s.from, s.to].filter((e) => e !== null).map((e) => [e]))].some((s) => s.some((r, i) => !within(scales[i]!, r)))
  const how = p.axes.join === 'line' || p.axes.join === 'segment' ? p.axes.join : p.axes.several ? `${p.kind}.several` : p.kind
  const name = `${t(`ui.place.${p.kind}`)} ${p.text.trim() === '' ? t('ui.place.empty') : t('ui.place.now', { text: p.text })}`
  const of = { ...p, scales, shown: off ? { spots: [], spans: [] } : shown, name, tip }
  return (
    <div class="answer place" role="group" aria-labelledby={p.by}>
      {!p.fixed && <p class="small quiet place-tip">{t(`ui.place.how.${how}`)}<span id={tip} class="hear">{t(p.kind === 'interval' ? 'ui.place.keys.interval' : 'ui.place.keys')}</span></p>}
      <div class="place-board">{p.kind === 'interval' ? <Spans {...of} /> : <Spots {...of} />}</div>
      {off && <output class="readas">{t('ui.readas.outside')}</output>}
      <Maths
        kind="equation" label={t('ui.place.type')} keys={p.kind === 'interval' ? keys : []} text={p.text} onText={p.onText} read={own ? undefined : read} fixed={p.fixed}
        by={p.by}
      />
    </div>
  )
}

type Board = PlaceProps & { scales: Scale[]; shown: Shown; name: string; tip: string }

/** Spots are points, on a line or a plane. */
function Spots({ kind, axes, text, onText, scales, shown, fixed, name, tip }: Board) {
  const [last, touch] = useState<Spot | null>(null)
  const join = axes.join ?? ''
  const cap = join ? 2 : axes.several ? most : 1
  const write = (list: Spot[]) => onText(writeSpots(list, scales))
  const spots = shown.line && shown.spots.length !== 2 ? [] : shown.spots
  const hand = {
    cap, fixed,
    put: (i: number, spot: Spot) => { touch(spot); write(i < spots.length ? spots.map((s, k) => (k === i ? spot : s)) : [...spots, spot]) },
    take: touch,
    back: () => () => onText(text),
    away: (spot: Spot) => write(spots.filter((s) => !sameSpot(s, spot))),
  }
  const at = last ? spots.findIndex((s) => sameSpot(s, last)) : -1
  const chosen = at < 0 ? spots.length - 1 : at
  const drop = () => write(spots.filter((_, i) => i !== chosen))
  return (
    <>
      {kind === 'plane'
        ? <Plane scales={scales as [Scale, Scale]} marks={axes.marks ?? []} join={join} spots={spots} chosen={spots.length > 1 && !fixed ? chosen : -1} line={shown.line} hand={hand} name={name} tip={tip} />
        : <NumberLine scale={scales[0]!} marks={axes.marks ?? []} spots={spots} chosen={spots.length > 1 && !fixed ? chosen : -1} hand={hand} name={name} tip={tip} />}
      {!fixed && <div class="row near"><Button small disabled={text.trim() === ''} onClick={spots.length > 0 ? drop : () => onText('')}>{t(cap === 1 || spots.length === 0 ? 'ui.place.clear' : 'ui.place.drop')}</Button></div>}
    </>
  )
}

interface End { i: number; side: 'from' | 'to'; at: Rat; closed: boolean }

const endsOf = (spans: Span[]): End[] => spans.flatMap((s, i) => [...(s.from ? [{ i, side: 'from' as const, at: s.from, closed: s.fromIn }] : []), ...(s.to ? [{ i, side: 'to' as const, at: s.to, closed: s.toIn }] : [])])

/** Spans are intervals: two ends, or one from which it goes on for ever; each end belongs to it or does not. */
function Spans({ axes, text, onText, scales, shown, fixed, name, tip }: Board) {
  const scale = scales[0]!
  const [begun, begin] = useState<Rat | null>(null)
  const [adding, add] = useState(false)
  const { spans } = shown
  const ends = endsOf(spans)
  const open = spans.length === 0 || adding
  const first = open ? begun : null
  const write = (list: Span[]) => onText(writeSpans([...list].sort((a, b) => (a.from ? value(a.from) : -Infinity) - (b.from ? value(b.from) : -Infinity)), scale.decimal))
  const done = (span: Span) => { begin(null); add(false); write([...spans, span]) }
  const set = (e: End, at: Rat, closed: boolean) => {
    const next = spans.map((s, i) => (i !== e.i ? s : e.side === 'from' ? { ...s, from: at, fromIn: closed } : { ...s, to: at, toIn: closed }))
    const s = next[e.i]!
    if (!s.from || !s.to || value(s.from) < value(s.to)) write(next)
  }
  const spots = [...ends.map((e) => [e.at]), ...(first ? [[first]] : [])]
  const hand = {
    cap: open ? spots.length + 1 : spots.length, fixed,
    put: (i: number, [at]: Spot) => {
      const e = ends[i]
      if (e) set(e, at!, e.closed)
      else if (!first || i === ends.length) begin(at!)
      else if (value(at!) !== value(first)) { const up = value(first) < value(at!); done({ from: up ? first : at!, to: up ? at! : first, fromIn: true, toIn: true }) }
    },
    back: () => { const was = { text, begun, adding }; return () => { onText(was.text); begin(was.begun); add(was.adding) } },
    away: ([at]: Spot) => { const gone = ends.find((e) => same(e.at, at!)); begin(null); write(gone ? spans.filter((_, i) => i !== gone.i) : []) },
    turn: ([at]: Spot) => { const e = ends.find((o) => same(o.at, at!)); if (e) set(e, e.at, !e.closed) },
  }
  const clear = () => { begin(null); add(false); onText('') }
  return (
    <>
      <NumberLine scale={scale} marks={axes.marks ?? []} spots={spots} spans={spans} closed={[...ends.map((e) => e.closed), true]} hand={hand} name={name} tip={tip} />
      {!fixed && (
        <div class="row near place-ends">
          {first && <p class="small" role="status">{t('ui.place.begun', { at: writeRat(first, scale.decimal) })}</p>}
          {first && <Button small onClick={() => done({ from: null, to: first, fromIn: false, toIn: true })}>{t('ui.place.down')}</Button>}
          {first && <Button small onClick={() => done({ from: first, to: null, fromIn: true, toIn: false })}>{t('ui.place.up')}</Button>}
          {ends.map((e) => (
            <button key={`${e.i}${e.side}`} type="button" class="place-end" aria-pressed={e.closed} onClick={() => set(e, e.at, !e.closed)}>
              <svg width="18" height="18" aria-hidden="true"><circle class={e.closed ? 'place-dot' : 'place-dot open'} cx="9" cy="9" r="6.5" /></svg>
              {t(e.closed ? 'ui.place.in' : 'ui.place.out', { at: writeRat(e.at, scale.decimal) })}
            </button>
          ))}
          {axes.several && spans.length > 0 && !adding && <Button small onClick={() => add(true)}>{t('ui.place.piece')}</Button>}
          <Button small disabled={text.trim() === '' && !first} onClick={clear}>{t('ui.place.clear')}</Button>
        </div>
      )}
    </>
  )
}

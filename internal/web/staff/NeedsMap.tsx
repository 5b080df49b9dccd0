// NeedsMap: the map of a unit, on which a line is drawn from a skill to one that needs it: dragged, or one skill chosen and then the
// other, by tap or by Enter. A line that would close a circle is refused where it is drawn, with the circle by name.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { PrerequisitesPage } from '../lib/api.gen.ts'
import { broken, mirrored, toward } from '../lib/map.ts'
import { page } from '../lib/page.ts'
import { t } from '../lib/words.ts'
import { Button } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Lines, pad } from '../ui/MapDrawing.tsx'
import { useMover } from '../ui/mapview.ts'
import { meaning } from './needs.ts'

const narrowRoom = 560, inset = 12, letter = 14, line = 17, threshold = 6

interface Pull { from: number; x: number; y: number; at: { x: number; y: number } | null; id: number }

export function NeedsMap({ view, put }: { view: PrerequisitesPage; put: (from: string, to: string) => void }) {
  const { dir } = page.value
  const window = useRef<HTMLDivElement>(null)
  const [narrow, setNarrow] = useState(() => typeof matchMedia === 'function' && matchMedia(`(max-width: ${narrowRoom}px)`).matches)
  const drawing = useMemo(() => { const d = narrow ? view.narrow : view.wide; return dir === 'rtl' ? mirrored(d) : d }, [view, narrow, dir])
  const w = drawing.w + 2 * pad, h = drawing.h + 2 * pad
  const mover = useMover(window, w, h, (room) => Math.max(0.84, Math.min(1, room / w)))
  const [at, look] = useState(0)
  const [from, choose] = useState(-1)
  const [pull, setPull] = useState<Pull | null>(null)
  const [refused, refuse] = useState('')
  const dragged = useRef(false)
  const told = useRef<HTMLParagraphElement>(null)
  useEffect(() => { if (refused) told.current?.scrollIntoView({ block: 'nearest' }) }, [refused])
  useEffect(() => { if (mover.room > 0) setNarrow(mover.room < narrowRoom) }, [mover.room])
  useEffect(() => { choose(-1); setPull(null) }, [view.version])
  const title = (i: number) => view.skills[i]?.title ?? ''
  const spots = () => [...window.current!.querySelectorAll<SVGGElement>('[role="option"]')]

  const draw = (a: number, b: number) => {
    choose(-1)
    const titles = { from: title(a), to: title(b) }
    const what = meaning(view.skills, view.skills[a]!.id, view.skills[b]!.id)
    if (what.kind === 'circle') refuse(t('prerequisites.map.circle', { ...titles, circle: what.round.join(' → ') }))
    else if (what.kind === 'stands') refuse(t('prerequisites.map.stands', titles))
    else { refuse(''); put(view.skills[a]!.id, view.skills[b]!.id) }
  }
  const press = (i: number) => {
    look(i)
    if (from < 0) { refuse(''); choose(i) } else if (from === i) choose(-1)
    else draw(from, i)
  }
  const key = (e: KeyboardEvent) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return
    if (e.key === 'Enter' || e.key === ' ') press(at)
    else if (e.key === 'Escape' && from >= 0) choose(-1)
    else if (/^(?:Arrow|Page|Home|End)/.test(e.key)) {
      const next = toward(drawing, at, e.key)
      look(next)
      spots()[next]!.focus({ preventScroll: true })
      mover.reveal(spots()[next]!)
    } else return
    e.preventDefault()
  }

  /** place is a point of the screen on the drawing. */
  const place = (e: PointerEvent) => {
    const box = window.current!.querySelector('svg')!.getBoundingClientRect()
    return { x: ((e.clientX - box.left) / box.width) * w - pad, y: ((e.clientY - box.top) / box.height) * h - pad }
  }
  const over = (e: PointerEvent) => spots().findIndex((s) => s.contains(document.elementFromPoint(e.clientX, e.clientY)))
  // A finger moves the map, as it moves the page; it draws by choosing one skill and then the other.
  const down = (e: PointerEvent, i: number) => {
    if (e.pointerType === 'touch' || e.button !== 0) return
    e.stopPropagation()
    dragged.current = false
    ;(e.currentTarget as Element).setPointerCapture(e.pointerId)
    setPull({ from: i, x: e.clientX, y: e.clientY, at: null, id: e.pointerId })
  }
  const move = (e: PointerEvent) => {
    if (!pull || e.pointerId !== pull.id || (!pull.at && Math.hypot(e.clientX - pull.x, e.clientY - pull.y) < threshold)) return
    dragged.current = true
    setPull({ ...pull, at: place(e) })
  }
  const up = (e: PointerEvent) => {
    if (!pull || e.pointerId !== pull.id) return
    setPull(null)
    const to = over(e)
    if (pull.at && to >= 0 && to !== pull.from) { look(to); draw(pull.from, to) }
  }
  const tap = (i: number) => { if (dragged.current) dragged.current = false; else press(i) }
  const mid = (i: number) => ({ x: drawing.spots[i]!.x + drawing.spot_w / 2, y: drawing.spots[i]!.y + drawing.spot_h / 2 })
  return (
    <Card title={t('prerequisites.map')}>
      <p class="small quiet measure" id="needs-keys">{t('prerequisites.map.what')}</p>
      {refused && <p ref={told} class="needs-refused" role="alert"><Icon name="info" /><span data-own>{refused}</span></p>}
      <div class="needs-says">
        <p class="small" role="status" data-own>{from >= 0 ? t('prerequisites.map.from', { from: title(from) }) : ''}</p>
        {from >= 0 ? <Button small onClick={() => choose(-1)}>{t('ui.cancel')}</Button> : <Button small onClick={mover.whole}>{t('prerequisites.map.whole')}</Button>}
      </div>
      <div class="map-view needs-view" ref={window}>
        <svg class="map-svg" viewBox={`${-pad} ${-pad} ${w} ${h}`} width={Math.round(w * mover.size)} height={Math.round(h * mover.size)} role="listbox" tabindex={-1} aria-label={t('prerequisites.map')} aria-describedby="needs-keys" onKeyDown={key}>
          <Lines drawing={drawing} at={from >= 0 ? from : at} />
          {view.skills.map((s, i) => (
            <g
              key={s.id} class={`map-spot${i === at ? ' at' : ''}${i === from || i === pull?.from ? ' needs-from' : ''}`} role="option" aria-selected={i === from} tabindex={i === at ? 0 : -1}
              transform={`translate(${drawing.spots[i]!.x} ${drawing.spots[i]!.y})`} onClick={() => tap(i)} onPointerDown={(e) => down(e, i)} onPointerMove={move} onPointerUp={up} onPointerCancel={() => setPull(null)}
            >
              <title>{t('prerequisites.map.spot', { title: s.title, n: s.needs.length })}</title>
              <rect class="map-box" width={drawing.spot_w} height={drawing.spot_h} rx="12" />
              <text class="map-name" data-own aria-hidden="true">{broken(s.title, (drawing.spot_w - 2 * inset) / letter, Math.floor((drawing.spot_h - 20) / line)).map((words, k) => <tspan key={k} x={dir === 'rtl' ? drawing.spot_w - inset : inset} y={27 + k * line}>{words}</tspan>)}</text>
            </g>
          ))}
          {pull?.at && <path class="needs-pull" aria-hidden="true" d={`M${mid(pull.from).x} ${mid(pull.from).y}L${pull.at.x} ${pull.at.y}`} />}
        </svg>
      </div>
    </Card>
  )
}

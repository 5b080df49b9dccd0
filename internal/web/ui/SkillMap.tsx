import { render, type ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { MapSkill, SkillMap as View } from '../lib/api.gen.ts'
import { forPaper, mirrored, sheets, toward } from '../lib/map.ts'
import { page } from '../lib/page.ts'
import { dayOf, when } from '../lib/time.ts'
import { rich, say, t } from '../lib/words.ts'
import { Button } from './Button.tsx'
import { Card } from './Card.tsx'
import { Icon } from './Icon.tsx'
import { Face, labelOf, Lines, pad, Printed, spotClass, wordOf } from './MapDrawing.tsx'
import { useMover } from './mapview.ts'
import { Glyph, StatusMark, type StatusName } from './Status.tsx'

/** narrowRoom is the width in CSS pixels below which the narrow drawing is shown; far the size below which names are left
 * out; openMost how many skills the list shows without being asked. */
const narrowRoom = 560, far = 0.5, openMost = 24

interface Props {
  map: View
  /** learners of the class, on a class's map */
  of?: number
  /** where Enter leads from a skill */
  href: (skill: MapSkill) => string
  /** what is offered for the skill that is looked at */
  children: (skill: MapSkill) => ComponentChildren
}

/** SkillMap is the map with the skill that is looked at, and the list beside it. */
export function SkillMap({ map, of, href, children }: Props) {
  // It begins with the skill of the address, else with what is ready, else with what is under way.
  const first = () => {
    const named = location.hash.slice(1)
    const places = [map.skills.findIndex((s) => s.id === named), map.skills.findIndex((s) => s.ready), map.skills.findIndex((s) => s.status !== undefined && s.status !== 'secure')]
    return places.find((i) => i >= 0) ?? 0
  }
  const [at, setAt] = useState(first)
  const seen = Math.min(at, map.skills.length - 1)
  const skill = map.skills[seen]!
  const look = (i: number) => {
    setAt(i)
    history.replaceState(history.state, '', `#${map.skills[i]!.id}`)
  }
  return (
    <div class="map-page">
      <Window map={map} of={of} at={seen} look={look} href={href} />
      <div class="map-side">
        <Looked map={map} of={of} skill={skill} look={look}>{children(skill)}</Looked>
        <List map={map} of={of} at={seen} look={look} />
      </div>
    </div>
  )
}

/** Window is the part of the map that is seen. It is one stop for Tab: a list box, because that is what makes screen readers
 * hand over the arrow keys and read each spot as one choice with its words. */
function Window({ map, of, at, look, href }: Omit<Props, 'children'> & { at: number; look: (i: number) => void }) {
  const view = useRef<HTMLDivElement>(null)
  const { dir } = page.value
  const [narrow, setNarrow] = useState(() => typeof matchMedia === 'function' && matchMedia(`(max-width: ${narrowRoom}px)`).matches)
  const drawing = useMemo(() => (dir === 'rtl' ? mirrored(narrow ? map.narrow : map.wide) : narrow ? map.narrow : map.wide), [map, narrow, dir])
  const w = drawing.w + 2 * pad, h = drawing.h + 2 * pad
  const mover = useMover(view, w, h, (room) => Math.max(0.84, Math.min(1, room / w)))
  const spots = () => [...view.current!.querySelectorAll<SVGGElement>('[role="option"]')]
  const shown = useRef(-1)

  useEffect(() => { if (mover.room > 0) setNarrow(mover.room < narrowRoom) }, [mover.room])
  // It begins with the skill that is looked at in the middle; later choices are brought into sight. What the school tells
  // anew moves nothing.
  useLayoutEffect(() => {
    if (mover.room === 0) return
    mover.reveal(spots()[at]!, shown.current < 0)
    shown.current = at
  }, [at, narrow, mover.room > 0])

  const key = (e: KeyboardEvent) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return
    if (e.key === 'Enter') { location.assign(href(map.skills[at]!)); return }
    if (e.key === '+' || e.key === '=') mover.by(1.25)
    else if (e.key === '-') mover.by(0.8)
    else if (e.key === '0') mover.whole()
    else if (/^(?:Arrow|Page|Home|End)/.test(e.key)) {
      const next = toward(drawing, at, e.key)
      look(next)
      spots()[next]!.focus({ preventScroll: true })
    } else if (e.key !== ' ') return
    e.preventDefault()
  }
  return (
    <section class="map-frame" aria-label={t('map.title')}>
      <Legend of={of} />
      <Paper map={map} of={of} />
      <div class="map-view" ref={view}>
        <svg
          class="map-svg" viewBox={`${-pad} ${-pad} ${w} ${h}`} width={Math.round(w * mover.size)} height={Math.round(h * mover.size)}
          role="listbox" tabindex={-1} aria-label={t('map.label')} aria-describedby="map-keys" onKeyDown={key}
        >
          <Lines drawing={drawing} at={at} />
          {map.skills.map((s, i) => (
            <g
              key={s.id} class={i === at ? `${spotClass(s, of)} at` : spotClass(s, of)} role="option" aria-selected={i === at} tabindex={i === at ? 0 : -1}
              transform={`translate(${drawing.spots[i]!.x} ${drawing.spots[i]!.y})`} onClick={() => look(i)}
            >
              <title>{labelOf(s, of)}</title>
              <Face drawing={drawing} skill={s} of={of} far={mover.size < far} />
            </g>
          ))}
        </svg>
      </div>
      <div class="map-tools">
        <p class="small quiet map-keys" id="map-keys">{t('map.keys')}</p>
        <div class="row near">
          <Button small class="square" label={t('map.smaller')} onClick={() => mover.by(0.8)}><span aria-hidden="true" data-own>−</span></Button>
          <Button small class="square" label={t('map.larger')} onClick={() => mover.by(1.25)}><span aria-hidden="true" data-own>+</span></Button>
          <Button small onClick={mover.whole}>{t('map.whole')}</Button>
        </div>
      </div>
    </section>
  )
}

const order: StatusName[] = ['not_started', 'growing', 'secure', 'another_look']

function Legend({ of }: { of?: number }) {
  if (of !== undefined) return <p class="small quiet">{t('map.counts', { of })}</p>
  return (
    <ul class="map-legend small">
      {order.map((s) => <li key={s}><StatusMark status={s} /></li>)}
      <li class="map-isready"><Flag />{t('map.ready')}</li>
    </ul>
  )
}

function Flag() {
  return <svg viewBox="0 0 14 19" width="12" height="16" aria-hidden="true" focusable="false"><path class="map-flag" d="M1 17V1M1 2h11l-3 4 3 4H1" /></svg>
}

/** Looked is the skill that is looked at: how it stands and why, what it rests on, what it leads to. */
function Looked({ map, of, skill: s, look, children }: { map: View; of?: number; skill: MapSkill; look: (i: number) => void; children: ComponentChildren }) {
  const since = s.secure_ms && s.status === 'secure' ? rich('map.since', { when: when(dayOf(s.secure_ms)) }) : null
  return (
    <Card class="map-looked" title={<span data-own>{s.title}</span>}>
      {of === undefined
        ? <div class="row near"><StatusMark status={s.status ?? 'not_started'} />{since && <span class="small quiet">{since}</span>}</div>
        : <p>{t('map.count', { n: s.secure ?? 0, of })}</p>}
      {of === undefined && s.why.code && <p class="quiet">{say(s.why)}</p>}
      {of === undefined && s.ready && <p class="map-isready"><Flag />{t(s.needs.length > 0 ? 'map.ready.more' : 'map.ready.first')}</p>}
      <Near title={t('map.needs')} none={t('map.needs.none')} map={map} of={of} places={s.needs} look={look} besides={s.before} />
      <Near title={t('map.opens')} none={t('map.opens.none')} map={map} of={of} places={s.opens} look={look} />
      {children}
    </Card>
  )
}

function Near(p: { title: string; none: string; map: View; of?: number; places: number[]; look: (i: number) => void; besides?: string[] }) {
  const besides = p.besides ?? []
  return (
    <div class="map-near">
      <p class="eyebrow">{p.title}</p>
      {p.places.length === 0 && besides.length === 0 && <p class="small quiet">{p.none}</p>}
      {p.places.length > 0 && (
        <ul>{p.places.map((i) => {
          const s = p.map.skills[i]!
          return <li key={s.id}><button type="button" class="chip" onClick={() => p.look(i)}>{p.of === undefined && <span class="status"><Glyph status={s.status ?? 'not_started'} /></span>}<span><span data-own>{s.title}</span><span class="hear"> {wordOf(s, p.of)}</span></span></button></li>
        })}</ul>
      )}
      {besides.length > 0 && <p class="small quiet">{rich('map.before', { list: <span data-own>{besides.join(', ')}</span> })}</p>}
    </div>
  )
}

/** List is every skill by objective: the same map without a picture. */
function List({ map, of, at, look }: { map: View; of?: number; at: number; look: (i: number) => void }) {
  const [open, setOpen] = useState<Record<string, boolean>>({})
  const all = map.skills.length <= openMost
  return (
    <nav class="map-list" aria-label={t('map.listed')}>
      <h2>{t('map.listed')}</h2>
      {map.objectives.map((o) => {
        const shown = open[o.id] ?? (all || o.skills.includes(at))
        return (
          <section key={o.id}>
            <h3><button type="button" aria-expanded={shown} onClick={() => setOpen({ ...open, [o.id]: !shown })}><span data-own>{o.title}</span><Icon name="open" /></button></h3>
            <ul class={shown ? undefined : 'shut'}>
              {o.skills.map((i) => {
                const s = map.skills[i]!
                return (
                  <li key={s.id}>
                    <button type="button" class="map-row" aria-current={i === at ? 'true' : undefined} onClick={() => look(i)}>
                      {of === undefined && <span class="status"><Glyph status={s.status ?? 'not_started'} /></span>}
                      <span><span data-own>{s.title}</span><small>{wordOf(s, of)}{of === undefined && s.ready && <span class="map-isready"><Flag />{t('map.ready')}</span>}</small></span>
                    </button>
                  </li>
                )
              })}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}

/** Paper holds the sheets of the map while it is printed. They are drawn in the very moment: a page that shows 400 skills
 * need not carry them twice. */
function Paper({ map, of }: { map: View; of?: number }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const chosen = forPaper(map.wide, map.narrow)
    const drawing = page.value.dir === 'rtl' ? mirrored(chosen) : chosen
    const all = sheets(drawing)
    const draw = () => {
      render(<>{all.map((s, i) => (
        <figure key={i}>{all.length > 1 && <figcaption>{t('map.sheet', { n: i + 1, of: all.length })}</figcaption>}<Printed drawing={drawing} skills={map.skills} of={of} sheet={s} /></figure>
      ))}</>, ref.current!)
    }
    const clear = () => { if (ref.current) render(null, ref.current) }
    addEventListener('beforeprint', draw)
    addEventListener('afterprint', clear)
    return () => { removeEventListener('beforeprint', draw); removeEventListener('afterprint', clear); clear() }
  }, [map, of])
  return <div class="map-paper" ref={ref} />
}

import type { ComponentChildren } from 'preact'
import type { Drawing, MapSkill } from '../lib/api.gen.ts'
import { broken, type Sheet } from '../lib/map.ts'
import { page } from '../lib/page.ts'
import { t } from '../lib/words.ts'
import { Glyph } from './Status.tsx'

/** pad is what a map keeps free around itself, for edges and the ring of focus. */
export const pad = 8
const inset = 12, letter = 14, line = 17

/** wordOf is what a spot says above its name: the learner's status, or how many of a class have the skill secure. */
export function wordOf(skill: MapSkill, of?: number): string {
  return of === undefined ? t(`ui.status.${skill.status ?? 'not_started'}`) : t('map.count', { n: skill.secure ?? 0, of })
}

/** labelOf is a spot in words, for those who hear the map. */
export function labelOf(skill: MapSkill, of?: number): string {
  return t('map.spot', { title: skill.title, status: wordOf(skill, of), ready: String(skill.ready), needs: skill.needs.length + skill.before.length, opens: skill.opens.length })
}

/** Lines are the map's lines. Those that begin or end at a skill come once more, on top, when it is looked at. */
export function Lines({ drawing: d, at }: { drawing: Drawing; at?: number }) {
  const turned = page.value.dir === 'rtl' ? `matrix(-1 0 0 1 ${d.w} 0)` : undefined
  const head = (to: number, near: boolean) => {
    const spot = d.spots[to]!, x = (turned ? d.w - spot.x - d.spot_w : spot.x) + d.spot_w / 2
    return <path key={`h${to}`} class={near ? 'map-head near' : 'map-head'} d={`M${x - 5} ${spot.y - 8}h10l-5 8z`} />
  }
  const near = at === undefined ? [] : d.lines.filter((l) => l.from === at || l.to === at)
  return (
    <g aria-hidden="true" transform={turned}>
      {d.lines.map((l, i) => <path key={i} class="map-line" d={l.path} />)}
      {[...new Set(d.lines.map((l) => l.to))].map((to) => head(to, false))}
      {near.map((l) => <path key={`n${l.from}-${l.to}`} class="map-line near" d={l.path} />)}
      {near.map((l) => head(l.to, true))}
    </g>
  )
}

/** Face is what stands on a spot: its word, its name, a flag when it is ready. far leaves out what is too small to read. */
export function Face({ drawing: d, skill, of, far }: { drawing: Drawing; skill: MapSkill; of?: number; far?: boolean }) {
  const rtl = page.value.dir === 'rtl'
  const start = (x: number) => (rtl ? d.spot_w - x : x)
  const box = <rect class="map-box" width={d.spot_w} height={d.spot_h} rx="12" />
  const flag = skill.ready && of === undefined && <path class="map-flag" transform={`translate(${rtl ? inset : d.spot_w - inset - 13} 9)`} d="M1 17V1M1 2h11l-3 4 3 4H1" />
  if (far) {
    const size = d.spot_h - 28
    return <>{box}{of === undefined ? at((d.spot_w - size) / 2, 14, <Glyph status={skill.status ?? 'not_started'} size={size} />) : <><Bar drawing={d} skill={skill} of={of} /><text class="map-big" aria-hidden="true" text-anchor="middle" x={d.spot_w / 2} y={d.spot_h / 2 + 8}>{skill.secure ?? 0}</text></>}</>
  }
  const lines = broken(skill.title, (d.spot_w - 2 * inset) / letter, Math.floor((d.spot_h - 32) / line))
  return (
    <>
      {box}
      {of === undefined ? at(rtl ? d.spot_w - inset - 16 : inset, 9, <Glyph status={skill.status ?? 'not_started'} size={16} />) : <Bar drawing={d} skill={skill} of={of} />}
      {flag}
      <text class="map-name" data-own aria-hidden="true">{lines.map((words, i) => <tspan key={i} x={start(inset)} y={41 + i * line}>{words}</tspan>)}</text>
      <text class="map-word" aria-hidden="true" x={start(of === undefined ? inset + 22 : inset)} y="22">{wordOf(skill, of)}</text>
    </>
  )
}

const at = (x: number, y: number, what: ComponentChildren) => <g class="map-glyph" transform={`translate(${x} ${y})`}>{what}</g>

/** Bar is how many of a class have the skill, as a length; the number stands beside it. */
function Bar({ drawing: d, skill, of }: { drawing: Drawing; skill: MapSkill; of: number }) {
  const long = d.spot_w - 2 * inset, full = of > 0 ? Math.round((long * (skill.secure ?? 0)) / of) : 0
  const y = d.spot_h - 6
  return <><rect class="map-track" x={inset} y={y} width={long} height="3" rx="1.5" />{full > 0 && <rect class="map-fill" x={page.value.dir === 'rtl' ? inset + long - full : inset} y={y} width={full} height="3" rx="1.5" />}</>
}

/** Printed is a sheet of the map: a picture without anything to press. */
export function Printed({ drawing: d, skills, of, sheet: s }: { drawing: Drawing; skills: MapSkill[]; of?: number; sheet: Sheet }) {
  const w = s.w + 2 * pad, h = s.h + 2 * pad
  return (
    <svg class="map-sheet" viewBox={`${s.x - pad} ${s.y - pad} ${w} ${h}`} width={Math.floor(w * s.size)} height={Math.floor(h * s.size)} role="img" aria-label={t('map.label')}>
      <Lines drawing={d} />
      {skills.map((skill, i) => <g key={skill.id} class={spotClass(skill, of)} transform={`translate(${d.spots[i]!.x} ${d.spots[i]!.y})`}><Face drawing={d} skill={skill} of={of} /></g>)}
    </svg>
  )
}

/** spotClass are the classes of a spot. */
export function spotClass(skill: MapSkill, of?: number): string {
  return ['map-spot', of === undefined && skill.status, skill.ready && of === undefined && 'ready'].filter(Boolean).join(' ')
}

import type { ObjectiveStanding, SkillsPage, SkillStanding } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, reload } from '../lib/page.ts'
import { dayOf, when } from '../lib/time.ts'
import { together } from '../lib/together.ts'
import { rich, say, t } from '../lib/words.ts'
import { LinkButton } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { EmptyState } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { Dots, Glyph, StatusMark, type StatusName, type Try } from '../ui/Status.tsx'
import { because } from '../ui/Steps.tsx'
import { Why } from '../ui/Why.tsx'

function Skills({ view }: { view: SkillsPage }) {
  const open = underWay(view.objectives)
  return (
    <Shell width="narrow">
      <div class="row apart">
        <div><h1>{t('skills.heading')}</h1>{view.unit && <p class="quiet" data-own>{view.unit.title}</p>}</div>
        {view.objectives.length > 0 && <LinkButton icon="map" href="/map">{t('skills.map')}</LinkButton>}
      </div>
      {view.objectives.length === 0 && <EmptyState icon="skills" title={t('skills.empty')}><LinkButton href="/home">{t('skills.home')}</LinkButton></EmptyState>}
      {view.objectives.length > 0 && <Words />}
      {view.objectives.map((o) => <Part key={o.id} of={o} open={open.includes(o)} />)}
    </Shell>
  )
}

const words: StatusName[] = ['not_started', 'growing', 'secure', 'another_look']

/** openMost is how many parts stand open at first: on a phone the whole list is as long as a walk. */
const openMost = 2

/** underWay are the parts that are open at first: where something has begun and is not secure, else where to begin. */
function underWay(parts: ObjectiveStanding[]): ObjectiveStanding[] {
  const begun = parts.filter((o) => o.skills.some((s) => s.status === 'growing' || s.status === 'another_look'))
  return (begun.length > 0 ? begun : parts.filter((o) => o.skills.some((s) => s.status !== 'secure')).slice(0, 1)).slice(0, openMost)
}

/** Part is one part of the unit with its skills; folded it shows how they stand. */
function Part({ of: o, open }: { of: ObjectiveStanding; open: boolean }) {
  const said = words.map((w) => [w, o.skills.filter((s) => s.status === w).length] as const).filter(([, n]) => n > 0).map(([w, n]) => t(`answers.${w}`, { n })).join(', ')
  return (
    <details class="part" open={open}>
      <summary>
        <h2 data-own>{o.title}</h2>
        <span class="strip"><span aria-hidden="true">{o.skills.map((s) => <Glyph key={s.id} status={s.status} />)}</span><span class="hear">{said}</span></span>
        <Icon name="open" />
      </summary>
      <div class="stack near">
        <p class="quiet" data-own>{together(o.i_can)}</p>
        {o.says && <p class="small own">{t(`skills.says.${o.says}`)}</p>}
        <ul class="skills">{o.skills.map((s) => <li key={s.id}><Row skill={s} /></li>)}</ul>
      </div>
    </details>
  )
}

/** Words says what the four words mean. */
function Words() {
  return (
    <details class="why">
      <summary><Icon name="why" />{t('skills.words')}<Icon name="open" /></summary>
      <dl class="because">{words.map((w) => <div key={w}><dt><StatusMark status={w} /></dt><dd>{t(`skills.words.${w}`)}</dd></div>)}</dl>
    </details>
  )
}

function Row({ skill: s }: { skill: SkillStanding }) {
  const known = s.dots.length > 0 || s.status !== 'not_started'
  const since = s.secure_ms && s.status === 'secure' ? rich('skills.since', { when: when(dayOf(s.secure_ms)) }) : null
  return (
    <div class="skill">
      <a class="skillname" href={`/practice/${s.id}`} data-own>{s.title}</a>
      <div class="row near skillrow"><StatusMark status={s.status} />{s.dots.length > 0 && <Dots tries={s.dots as Try[]} />}{since && <span class="small quiet sincewhen">{since}</span>}
        {known && <Why about={s.title} evidence={because(s.because)} reason={say(s.why)}>{since && <p>{t('ui.status.secure')} {since}</p>}</Why>}</div>
    </div>
  )
}

mount(Skills)
live((change) => { if (change) void reload() })

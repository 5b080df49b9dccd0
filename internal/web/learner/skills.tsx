import type { SkillsPage, SkillStanding } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, reload } from '../lib/page.ts'
import { dayOf, when } from '../lib/time.ts'
import { together } from '../lib/together.ts'
import { rich, say, t } from '../lib/words.ts'
import { LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { EmptyState } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { Dots, StatusMark, type Try } from '../ui/Status.tsx'
import { because } from '../ui/Steps.tsx'
import { Why } from '../ui/Why.tsx'

function Skills({ view }: { view: SkillsPage }) {
  return (
    <Shell width="narrow">
      <div class="row apart">
        <div><h1>{t('skills.heading')}</h1>{view.unit && <p class="quiet" data-own>{view.unit.title}</p>}</div>
        {view.objectives.length > 0 && <LinkButton icon="map" href="/map">{t('skills.map')}</LinkButton>}
      </div>
      {view.objectives.length === 0 && <EmptyState icon="skills" title={t('skills.empty')}><LinkButton href="/home">{t('skills.home')}</LinkButton></EmptyState>}
      {view.objectives.map((o) => (
        <Card key={o.id} title={<span data-own>{o.title}</span>}>
          <p class="quiet" data-own>{together(o.i_can)}</p>
          {o.says && <p class="small own">{t(`skills.says.${o.says}`)}</p>}
          <ul class="skills">{o.skills.map((s) => <li key={s.id}><Row skill={s} /></li>)}</ul>
        </Card>
      ))}
    </Shell>
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

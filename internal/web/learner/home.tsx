import type { HomePage } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, reload } from '../lib/page.ts'
import { dayOf, minutes, when } from '../lib/time.ts'
import { rich, t } from '../lib/words.ts'
import { LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { Icon } from '../ui/Icon.tsx'
import { NextStep } from '../ui/NextStep.tsx'
import { EmptyState, SaveState } from '../ui/Says.tsx'
import { FilesSent } from '../ui/Written.tsx'
import { Shell } from '../ui/Shell.tsx'
import { stepGo, stepHref, stepName } from '../ui/Steps.tsx'
import { GoingCard, HowList, WhereCard, whyNow } from '../ui/ThreeAnswers.tsx'

function Home({ view }: { view: HomePage }) {
  const name = <bdi>{view.name}</bdi>
  if (!view.unit) {
    return (
      <Shell>
        <h1>{rich('home.hello', { name })}</h1>
        <EmptyState icon="units" title={t('home.empty')}><p>{t('home.empty.more')}</p><LinkButton href="/me" icon="me">{t('home.empty.me')}</LinkButton></EmptyState>
      </Shell>
    )
  }
  const { unit, how } = view
  return (
    <Shell>
      <div>
        <h1>{rich(view.away ? 'home.back' : 'home.hello', { name })}</h1>
        <p class="quiet">{view.away ? t('home.back.more') : <span data-own>{unit.title}</span>}</p>
      </div>
      {how.next ? <Next view={view} /> : <EmptyState icon="right" title={t('home.done')}><p>{t('home.done.more')}</p></EmptyState>}
      <Notices view={view} />
      <div class="pair">
        <WhereCard where={view.where} more={<a class="morelink small" href="/skills">{t('answers.skills')}</a>} />
        <GoingCard going={view.going} href={`/unit/${unit.id}/task`} />
      </div>
      {how.today.length > 0 && <HowList how={how} teacher={unit.teacher} unit={unit.id} link />}
      <SaveState />
    </Shell>
  )
}

function Next({ view }: { view: HomePage }) {
  const line = view.how.next!
  const href = stepHref(line, view.unit!.id)
  const facts = (
    <>
      {line.minutes > 0 && <span><Icon name="clock" />{minutes(line.minutes)}</span>}
      {line.where === 'off_screen' && <span><Icon name="make" />{t('home.offscreen')}</span>}
      {line.where === 'person' && <span><Icon name="people" />{t('home.person')}</span>}
    </>
  )
  return (
    <NextStep title={<span data-own>{stepName(line)}</span>} reason={whyNow(line, view.how)} facts={facts}>
      {href ? <LinkButton kind="primary" href={href} after="next">{stepGo(line)}</LinkButton> : null}
    </NextStep>
  )
}

function Notices({ view }: { view: HomePage }) {
  const { used_question: used, met, said, ruled } = view
  if (!used && !met && !said && !ruled) return null
  return (
    <div class="pair">
      {ruled && (
        <Card tone="note" title={rich(ruled.accepted ? (ruled.waited ? 'home.ruled.right' : 'home.ruled.yes') : 'home.ruled.no', { name: <bdi>{ruled.by}</bdi> })}>
          <Drawn of={ruled.answer} />
          <FilesSent photos={ruled.files} documents={ruled.documents} />
          {ruled.levels.length > 0 && <ul class="levels">{ruled.levels.map((v) => <li key={v.criterion}><bdi>{v.criterion}</bdi>: <b><bdi>{v.level}</bdi></b></li>)}</ul>}
          {ruled.word && <blockquote><bdi>{ruled.word}</bdi></blockquote>}
          <p class="quiet">{rich(ruled.accepted ? 'home.ruled.about' : 'home.ruled.about.no', { skill: <span data-own>{ruled.skill}</span> })}</p>
        </Card>
      )}
      {said && (
        <Card tone="sunk" title={rich(`home.said.${said.verdict}`, { name: <bdi>{said.by}</bdi> })}>
          <blockquote><bdi>{said.reason}</bdi></blockquote>
          <div class="row"><LinkButton small href="/plan">{t('home.said.plan')}</LinkButton></div>
        </Card>
      )}
      {used && (
        <Card tone="note" title={rich('home.used', { name: <bdi>{used.by}</bdi> })}>
          <blockquote><bdi>{used.text}</bdi></blockquote>
        </Card>
      )}
      {met && (
        <Card tone="sunk" title={rich('home.met', { name: <bdi>{met.by}</bdi> })}>
          <p class="quiet">{met.skill ? rich('home.met.about', { skill: <span data-own>{met.skill}</span>, when: when(dayOf(met.at_ms)) }) : when(dayOf(met.at_ms))}</p>
        </Card>
      )}
    </div>
  )
}

mount(Home)
live((change) => { if (change) void reload() })

import type { KnownPage, KnownSkill } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, reload } from '../lib/page.ts'
import { minutes, span } from '../lib/time.ts'
import { rich, say, t } from '../lib/words.ts'
import { LinkButton } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { NextStep } from '../ui/NextStep.tsx'
import { EmptyState } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { Glyph } from '../ui/Status.tsx'
import { because, stepHref, stepName } from '../ui/Steps.tsx'
import { Why } from '../ui/Why.tsx'

function Known({ view }: { view: KnownPage }) {
  const unit = view.unit?.id ?? ''
  const toPlan = view.state === 'unsent'
  const none = !view.checked ? 'known.unasked' : view.open.length > 0 ? 'known.unsaid' : 'known.none'
  return (
    <Shell width="narrow">
      <div>
        <h1>{t('known.heading')}</h1>
        {view.minutes > 0 && view.known.length > 0 && <p class="back"><Icon name="clock" />{t('known.minutes', { time: span(view.minutes) })}</p>}
      </div>
      {view.known.length === 0
        ? <EmptyState icon="goal" title={t(none)}><p>{t(`${none}.more`)}</p>{!view.checked && <LinkButton href={`/unit/${unit}/check`}>{t('known.check')}</LinkButton>}</EmptyState>
        : <ul class="steps">{view.known.map((k) => <li key={k.id}><Mine known={k} teacher={view.unit?.teacher ?? ''} /></li>)}</ul>}
      {view.open.length > 0 && (
        <details class="unsaid">
          <summary>{t(view.known.length > 0 ? 'known.open' : 'known.open.which')}<Icon name="open" /></summary>
          {view.known.length > 0 && <p class="quiet">{t('known.open.more')}</p>}
          <ul>{view.open.map((s) => <li key={s.id} data-own>{s.title}</li>)}</ul>
        </details>
      )}
      {view.unlearned > 0 && <p class="quiet">{t('known.unlearned', { n: view.unlearned })}</p>}
      {view.start && (
        <NextStep
          eyebrow={t('known.start')} title={<span data-own>{stepName(view.start)}</span>} reason={say(view.start.reason)}
          facts={view.start.minutes > 0 ? <span><Icon name="clock" />{minutes(view.start.minutes)}</span> : undefined}
        >
          {toPlan
            ? <LinkButton href={stepHref(view.start, unit)}>{t('known.begin')}</LinkButton>
            : <LinkButton kind="primary" href={stepHref(view.start, unit)} after="next">{t('known.begin')}</LinkButton>}
        </NextStep>
      )}
      <div class="row">
        {toPlan && <LinkButton kind="primary" href="/plan" after="next">{t('known.plan')}</LinkButton>}
        {view.may_go_on && view.checked && <LinkButton kind="plain" href={`/unit/${unit}/check`}>{t('known.more')}</LinkButton>}
      </div>
    </Shell>
  )
}

/** Mine is one skill that counts, or is proposed to count, with its why. */
function Mine({ known: k, teacher }: { known: KnownSkill; teacher: string }) {
  return (
    <div class="step yours">
      <span class="stepicon"><Glyph status={k.proposed ? 'growing' : k.status} /></span>
      <div class="stepbody">
        <p class="stepname" data-own>{k.title}</p>
        <div class="row near whyrow"><span class="small quiet">{k.proposed ? rich('known.proposed', { teacher: <bdi>{teacher}</bdi> }) : t(`ui.status.${k.status}`)}</span>
          <Why about={k.title} reason={say(k.reason)} evidence={because(k.because)} />
        </div>
      </div>
    </div>
  )
}

mount(Known)
live((change) => { if (change) void reload() })

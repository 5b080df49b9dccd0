import { useState } from 'preact/hooks'
import type { AttemptOut, PracticePage } from '../lib/api.gen.ts'
import { mount, reload } from '../lib/page.ts'
import { rich, say, t } from '../lib/words.ts'
import { Trying } from '../ui/Asked.tsx'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { NowSecure } from '../ui/Feedback.tsx'
import { Icon } from '../ui/Icon.tsx'
import { EmptyState, SaveState } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { Dots, StatusMark, type Try } from '../ui/Status.tsx'
import { lessonIcon } from '../ui/Steps.tsx'

function Practice({ view }: { view: PracticePage }) {
  const { skill } = view
  const [out, setOut] = useState<AttemptOut | null>(null)
  // An answer to one from before says nothing of this page's skill.
  const own = view.woven ? null : out
  const status = own?.after ?? skill.status
  const secured = (got: AttemptOut) => !view.woven && got.after === 'secure' && got.before !== 'secure'
  const next = async () => {
    await reload()
    setOut(null)
    // With a keyboard at hand the next answer can be typed at once; on a phone the pad would cover the question.
    const box = matchMedia('(pointer: fine)').matches ? document.querySelector<HTMLElement>('.answer input.box') : null
    const to = box ?? document.getElementById('main')
    to?.focus()
  }
  return (
    <Shell width="narrow">
      <div class="stack near">
        <h1 data-own>{skill.title}</h1>
        <div class="row standing"><StatusMark status={status} /><Dots tries={(own?.dots ?? skill.dots) as Try[]} /><span class="small quiet">{say(own?.why ?? skill.why)}</span></div>
      </div>
      {view.asked ? (
        <>
          {view.reason.code !== 'practice.next' && <p class="quiet">{say(view.reason)}{view.woven && <> <b data-own>{view.woven.title}</b></>}</p>}
          {view.solution && view.solution.length > 0 && !out && (
            <details class="worked"><summary>{t('practice.before')}</summary><Drawn of={view.solution} /></details>
          )}
          <Trying
            key={`${view.asked.item} ${view.asked.draw_n}`} learner={view.learner} asked={view.asked} purpose="practice" context={view.woven ? skill.id : undefined} onDone={setOut}
            after={(got) => (
              <>
                {secured(got) && <NowSecure title={rich('practice.secured', { skill: <span data-own>{skill.title}</span> })}><p>{say(got.why)}</p></NowSecure>}
                <div class="row">
                  {secured(got)
                    ? <LinkButton kind="primary" href="/home" after="next">{t('practice.onward')}</LinkButton>
                    : <Button kind="primary" after="next" onClick={() => void next()}>{t('practice.next_one')}</Button>}
                </div>
              </>
            )}
          />
          <Offers view={view} />
        </>
      ) : <Rest view={view} />}
      <SaveState />
    </Shell>
  )
}

/** Rest is what stands where there is no question: enough for now, secure, or nothing to practise with. */
function Rest({ view }: { view: PracticePage }) {
  const goOn = `/practice/${view.skill.id}?go_on=true`
  return (
    <>
      {view.solution && view.solution.length > 0 && <details class="worked" open><summary>{t('practice.before')}</summary><Drawn of={view.solution} /></details>}
      <EmptyState icon={view.kind === 'done' ? 'right' : view.kind === 'stop' ? 'today' : 'info'} title={say(view.reason)}>
        {view.kind === 'stop' && <p>{t('practice.enough.more')}</p>}
        <div class="row">
          <LinkButton kind="primary" href="/home" after="next">{t('practice.onward')}</LinkButton>
          {view.kind !== 'empty' && <LinkButton href={goOn}>{t(view.kind === 'stop' ? 'practice.little' : 'practice.anyway')}</LinkButton>}
        </div>
      </EmptyState>
      <Offers view={view} />
    </>
  )
}

/** Offers are other ways, shown after two variants in a row were not there yet. */
function Offers({ view }: { view: PracticePage }) {
  if (view.offers.length === 0) return null
  const ask = () => document.querySelector<HTMLButtonElement>('.top .hand')?.click()
  return (
    <Card tone="sunk" title={t('practice.offers')}>
      <ul class="stack near">
        {view.offers.includes('lesson') && view.lesson && <li><a class="offer" href={`/lesson/${view.lesson.id}`}><Icon name={lessonIcon(view.lesson.form)} /><span>{rich('practice.offer.lesson', { lesson: <span data-own>{view.lesson.title}</span> })}</span></a></li>}
        {view.beneath && <li><a class="offer" href={`/practice/${view.beneath.id}`}><Icon name="look" /><span>{rich('practice.offer.beneath', { skill: <span data-own>{view.beneath.title}</span> })}</span></a></li>}
        {view.offers.includes('person') && <li><button type="button" class="offer" onClick={ask}><Icon name="hand" /><span>{t('practice.offer.person')}</span></button></li>}
      </ul>
    </Card>
  )
}

mount(Practice)

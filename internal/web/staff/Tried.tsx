// The draft as learners get it: the first variant to try, the others to read, each with its answer.
import { useEffect, useState } from 'preact/hooks'
import { type CheckItemOut, type Draft, type TryItemOut, type Variant, paths } from '../lib/api.gen.ts'
import { isDocument } from '../lib/photo.ts'
import { say, t } from '../lib/words.ts'
import { Answer, type AnswerProps, noResponse } from '../ui/Answer.tsx'
import { cleaned, isEntered } from '../ui/Asked.tsx'
import { Button } from '../ui/Button.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { HintLadder, NotYet, Verdict } from '../ui/Feedback.tsx'
import { Icon } from '../ui/Icon.tsx'
import { scaffoldOf } from '../ui/Scaffold.tsx'
import { asked as ask } from './asked.ts'

export function Tried({ cls, draft, out, away, faulty }: { cls: string; draft: Draft; out: CheckItemOut | null; away: boolean; faulty: boolean }) {
  const [first, ...others] = out?.variants ?? []
  return (
    <>
      <p class="eyebrow">{t('author.preview')}</p>
      {away && <p class="small quiet" role="status">{t('author.away')}</p>}
      {!first && (
        <div class="card">
          {out && out.text.length > 0 ? <Drawn of={out.text} item /> : <p class="author-empty"><Icon name="look" />{t('author.preview.empty')}</p>}
          {faulty && <p class="small quiet">{t('author.preview.faulty')}</p>}
        </div>
      )}
      {first && <Try cls={cls} draft={draft} of={first} key={JSON.stringify(draft)} />}
      {others.length > 0 && <p class="small quiet">{t('author.preview.others')}</p>}
      {others.map((v) => (
        <section key={v.asked.draw_n} class="card sunk author-other">
          <Drawn of={v.asked.text} />
          {v.asked.options.length > 0 && <ul>{v.asked.options.map((o) => <li key={o.index}><Drawn of={o.text} inline /></li>)}</ul>}
          <Right of={v} />
        </section>
      ))}
    </>
  )
}

function Right({ of }: { of: Variant }) {
  if (of.right.length + of.mistakes.length === 0) return null
  return (
    <div class="author-key">
      {of.right.length > 0 && <><span class="eyebrow">{t('author.preview.right')}</span> <Drawn of={of.right} /></>}
      {of.mistakes.length > 0 && (
        <details class="why">
          <summary><Icon name="notyet" />{t('author.preview.wrongs', { n: of.mistakes.length })}<Icon name="open" /></summary>
          <ul class="because">{of.mistakes.map((m, i) => <li key={i}><Drawn of={m.answer} /><div class="quiet"><Drawn of={m.nudge} /></div></li>)}</ul>
        </details>
      )}
    </div>
  )
}

/** Try takes an answer as a learner's page would, and says what they would be told. */
function Try({ cls, draft, of }: { cls: string; draft: Draft; of: Variant }) {
  const [response, set] = useState(noResponse)
  const [told, tell] = useState<TryItemOut | null>(null)
  const [problem, trouble] = useState('')
  const [rungs, climb] = useState(0)
  const { asked } = of
  useEffect(() => { tell(null); trouble('') }, [response])
  const check = async () => {
    const got = await ask<TryItemOut>(paths.try_item, { class: cls, draft, draw_n: asked.draw_n, response: cleaned(asked, { ...response, files: response.photos?.flatMap((f, i) => (isDocument(f) ? [] : [`photo ${i + 1}`])), documents: response.photos?.flatMap((f, i) => (isDocument(f) ? [`document ${i + 1}`] : [])) }) })
    if (got.ok) tell(got.data)
    else trouble(say(got.problem.say))
  }
  return (
    <section class="card author-try" data-kind={asked.kind} aria-label={t('author.try')}>
      <div id="author-asked" class="asked"><Drawn of={asked.text} item /></div>
      <Answer kind={asked.kind as AnswerProps['kind']} options={asked.options.map((o) => ({ i: o.index, text: o.text, area: o.area }))} groups={asked.groups} picture={asked.picture} many={asked.many} boxes={asked.boxes} unit={asked.unit} value={response} onInput={set} by="author-asked" letters={asked.letters} most={asked.most} sends={asked.sends} axes={asked.axes} />
      <div class="row near"><Button small disabled={!isEntered(asked, response)} onClick={() => void check()}>{t('author.try')}</Button></div>
      {told?.outcome === 'right' && <Verdict is="right" />}
      {told?.outcome === 'not_yet' && <NotYet nudge={told.nudge}>{told.nudge.length === 0 && <p>{told.slip ? say(told.slip) : t('ui.notyet.look')}</p>}</NotYet>}
      {told?.outcome === 'waiting' && <Verdict is="saved" title={t('ui.looked')}><p>{t('author.try.waiting')}</p></Verdict>}
      {told?.outcome === 'unread' && <Verdict is="saved" title={t('ui.unread')}><p>{t('ui.unread.more')}</p></Verdict>}
      {problem && <p class="fault" role="alert"><Icon name="error" />{problem}</p>}
      {asked.ladder.length > 0 && <HintLadder hints={asked.ladder.slice(0, rungs)} total={asked.ladder.length} onMore={() => climb(rungs + 1)} label={t('author.try.hints')} under={(k) => scaffoldOf(asked.scaffolds, k, null)} />}
      <Right of={of} />
      {of.solution.length > 0 && <details class="why"><summary><Icon name="step" />{t('ui.solution')}<Icon name="open" /></summary><div class="because"><Drawn of={of.solution} /></div></details>}
    </section>
  )
}

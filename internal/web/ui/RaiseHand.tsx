import { useState } from 'preact/hooks'
import { page, setPage, type Hand } from '../lib/page.ts'
import { here } from '../lib/presence.ts'
import type { Problem } from '../lib/problem.ts'
import { act } from '../lib/send.ts'
import { t } from '../lib/words.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { Field } from './Field.tsx'
import { ErrorBox } from './Says.tsx'

/** RaiseHand asks the teacher for help with one line, from any page, and shows that the hand is up. */
export function RaiseHand({ hand }: { hand: Hand }) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | undefined>()
  const put = (next: Hand) => setPage({ frame: { ...page.value.frame, hand: next } })
  const go = async (body: object, next: Hand) => {
    setBusy(true)
    const answer = await act(hand.path, body)
    setBusy(false)
    if (answer.ok) { put(next); setOpen(false); setText(''); setProblem(undefined) } else if (!answer.kept) setProblem(answer.problem)
  }
  // In the evening nobody sits at the other end, and the page must not promise it.
  const inClass = Boolean(page.value.frame.now)
  const up = hand.state !== ''
  const state = hand.state === 'coming' ? t('ui.hand.coming') : hand.state === 'waiting' ? t('ui.hand.up') : t('ui.hand')
  return (
    <>
      <Button class={up ? 'hand up' : 'hand'} icon="hand" onClick={() => setOpen(true)}>{state}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={up ? state : t('ui.hand.title')}>
        {up ? (
          <>
            {hand.text && <blockquote class="quiet"><bdi>{hand.text}</bdi></blockquote>}
            <p>{t(inClass ? 'ui.hand.waiting' : 'ui.hand.waiting.later')}</p>
            {problem && <ErrorBox problem={problem} />}
            <div class="row"><Button busy={busy} onClick={() => void go({ down: true }, { ...hand, state: '', text: '' })}>{t('ui.hand.down')}</Button></div>
          </>
        ) : (
          <form class="stack" onSubmit={(e) => { e.preventDefault(); if (text.trim() && !busy) void go({ line: text.trim(), ...here() }, { ...hand, state: 'waiting', text: text.trim() }) }}>
            <Field label={t('ui.hand.line')} tip={t(inClass ? 'ui.hand.reads' : 'ui.hand.reads.later')} value={text} onInput={setText} max={140} focus />
            {problem && <ErrorBox problem={problem} />}
            <div class="row"><Button kind="primary" type="submit" icon="hand" busy={busy || text.trim() === ''}>{t('ui.hand.send')}</Button></div>
          </form>
        )}
      </Dialog>
    </>
  )
}

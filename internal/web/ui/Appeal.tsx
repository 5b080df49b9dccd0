import { useState } from 'preact/hooks'
import { type AppealOut, paths } from '../lib/api.gen.ts'
import { newOp } from '../lib/op.ts'
import type { Problem } from '../lib/problem.ts'
import { act } from '../lib/send.ts'
import { rich, t } from '../lib/words.ts'
import { Button } from './Button.tsx'
import { ErrorBox } from './Says.tsx'

/** Appeal lets a learner say that an answer of theirs is right. It goes to their teacher with the answer, and costs nothing. */
export function Appeal({ learner, attempt }: { learner: string; attempt: string }) {
  const [sent, setSent] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [op] = useState(newOp)
  const say = async () => {
    setBusy(true)
    const answer = await act<AppealOut>(paths.appeal, { learner, attempt }, op)
    setBusy(false)
    setProblem(!answer.ok && !answer.kept ? answer.problem : null)
    if (answer.ok) setSent(answer.data.teacher)
  }
  return (
    <div class="appeal">
      {sent === null
        ? <Button small kind="plain" icon="hand" busy={busy} onClick={() => void say()}>{t('ui.appeal')}</Button>
        : <p class="small" role="status">{sent ? rich('ui.appeal.sent', { teacher: <bdi>{sent}</bdi> }) : t('ui.appeal.sent.nobody')}</p>}
      {problem && <ErrorBox problem={problem} safe />}
    </div>
  )
}

// acting: one act at a time with what became of it, for pages whose acts are choices that a person sees succeed or fail.
import { useState } from 'preact/hooks'
import { newOp } from './op.ts'
import { reload } from './page.ts'
import type { Problem } from './problem.ts'
import { act } from './send.ts'

/** Acting is the state of a form: what was refused last, and whether something is on its way. */
export interface Acting {
  problem: Problem | null
  busy: boolean
  /** run sends an act, loads the page anew when it was taken, and gives its outcome; null when it was refused. */
  run: <T>(path: string, body: object) => Promise<T | null>
  clear: () => void
}

/** useActing keeps the op of an act that did not come through, so that trying it again does it once. */
export function useActing(): Acting {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const [open, setOpen] = useState<{ what: string; op: string } | null>(null)
  const run = async <T>(path: string, body: object): Promise<T | null> => {
    if (busy) return null
    setBusy(true)
    const what = path + JSON.stringify(body)
    const op = open?.what === what ? open.op : newOp()
    const answer = await act<T>(path, body, op)
    setBusy(false)
    if (!answer.ok) {
      const lost = !answer.kept && answer.problem.status === 0
      setOpen(lost ? { what, op } : null)
      setProblem(answer.kept ? null : answer.problem)
      return null
    }
    setOpen(null)
    setProblem(null)
    await reload()
    return answer.data
  }
  return { problem, busy, run, clear: () => setProblem(null) }
}

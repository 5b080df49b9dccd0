// upload: sends one file with its progress. The op is made once for a file, so a second try after a broken line makes no
// second file.
import { newOp } from '../lib/op.ts'
import { type Problem, unreachable } from '../lib/problem.ts'

/** FileOut is a kept file. */
export interface FileOut { file: string; type: string; size: number; name: string }

/** Sent is a kept file, or why it was not kept. */
export type Sent = { ok: true; file: FileOut } | { ok: false; problem: Problem }

/** upload posts the file; progress hears a share between 0 and 1. stop ends it. */
export function upload(file: File, progress: (share: number) => void, stop: AbortSignal, op = newOp()): Promise<Sent> {
  return new Promise((done) => {
    const ask = new XMLHttpRequest()
    ask.upload.addEventListener('progress', (e) => { if (e.lengthComputable && e.total > 0) progress(e.loaded / e.total) })
    ask.addEventListener('load', () => {
      try {
        const said: unknown = JSON.parse(ask.responseText)
        done(ask.status === 200 ? { ok: true, file: said as FileOut } : { ok: false, problem: said as Problem })
      } catch {
        done({ ok: false, problem: unreachable })
      }
    })
    for (const end of ['error', 'abort', 'timeout']) ask.addEventListener(end, () => done({ ok: false, problem: unreachable }))
    stop.addEventListener('abort', () => ask.abort())
    ask.open('POST', `/api/v1/upload?op=${op}&name=${encodeURIComponent(file.name)}`)
    ask.setRequestHeader('Accept', 'application/json')
    ask.send(file)
  })
}

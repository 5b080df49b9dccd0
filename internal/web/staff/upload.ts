// upload: sends one file with its progress. The op is made once for a file, so a second try after a broken line makes no
// second file.
import { newOp } from '../lib/op.ts'
import { type Problem, unreachable } from '../lib/problem.ts'

/** FileOut is a kept file. */
export interface FileOut { file: string; type: string; size: number; name: string }

/** Sent is what the school says of a file that it kept, or why it was not kept. */
export type Sent<T = FileOut> = { ok: true; file: T } | { ok: false; problem: Problem }

/** upload posts the file; progress hears a share between 0 and 1. stop ends it. */
export function upload(file: File, progress: (share: number) => void, stop: AbortSignal, op = newOp()): Promise<Sent> {
  return sendFile<FileOut>('/api/v1/upload', {}, file, progress, stop, op)
}

/** sendFile posts a file to any address that takes one. */
export function sendFile<T>(path: string, query: Record<string, string>, file: File, progress: (share: number) => void, stop: AbortSignal, op: string): Promise<Sent<T>> {
  return new Promise((done) => {
    const ask = new XMLHttpRequest()
    ask.upload.addEventListener('progress', (e) => { if (e.lengthComputable && e.total > 0) progress(e.loaded / e.total) })
    ask.addEventListener('load', () => {
      try {
        const said: unknown = JSON.parse(ask.responseText)
        done(ask.status === 200 ? { ok: true, file: said as T } : { ok: false, problem: said as Problem })
      } catch {
        done({ ok: false, problem: unreachable })
      }
    })
    for (const end of ['error', 'abort', 'timeout']) ask.addEventListener(end, () => done({ ok: false, problem: unreachable }))
    stop.addEventListener('abort', () => ask.abort())
    ask.open('POST', `${path}?${new URLSearchParams({ ...query, op, name: file.name })}`)
    ask.setRequestHeader('Accept', 'application/json')
    ask.send(file)
  })
}

/** most is the largest film in bytes, as the school has it (blob.MaxVideo). */
export const most = 512 * 1024 * 1024

/** refusalOf looks at a film before it is sent, so that nobody waits for half an hour to hear that it is not one. The school
 * looks again. */
export async function refusalOf(file: Blob): Promise<Problem | null> {
  if (file.size > most) return { status: 422, kind: 'invalid', say: { code: 'fault.file.large', args: { mb: 512 } } }
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer())
  const text = String.fromCharCode(...head)
  const mp4 = text.slice(4, 8) === 'ftyp' && text.slice(8, 12) !== 'qt  '
  const webm = head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3
  return mp4 || webm ? null : { status: 422, kind: 'invalid', say: { code: 'fault.file.type' } }
}

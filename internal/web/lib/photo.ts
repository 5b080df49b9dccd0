// photo: a photo of somebody's work, made small on the device before it is sent: wifi is slow, and what a camera writes beside
// the picture (where, when, with what) stays here. The school makes it anew once more.
import { newOp } from './op.ts'
import { type Problem, problemOf, unreachable } from './problem.ts'

/** widest is the longer side of a photo that is sent, in pixels: a page of a notebook can be read at that. */
export const widest = 1600

/** sized is how wide and high a picture becomes. */
export function sized(width: number, height: number, most = widest): { width: number; height: number } {
  const by = Math.min(1, most / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) }
}

/** small is a chosen file as a JPEG of at most widest pixels; null when this browser cannot open it. */
export async function small(file: Blob): Promise<Blob | null> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const { width, height } = sized(picture.width, picture.height)
    const sheet = document.createElement('canvas')
    sheet.width = width
    sheet.height = height
    const pen = sheet.getContext('2d')
    if (!pen) return null
    pen.fillStyle = '#fff' // a drawing without a ground would be black
    pen.fillRect(0, 0, width, height)
    pen.drawImage(picture, 0, 0, width, height)
    picture.close()
    return await new Promise((done) => sheet.toBlob(done, 'image/jpeg', 0.82))
  } catch {
    return null
  }
}

/** draw shows a photo in a canvas. */
export async function draw(photo: Blob, on: HTMLCanvasElement): Promise<void> {
  const picture = await createImageBitmap(photo)
  const { width, height } = sized(picture.width, picture.height, 480)
  on.width = width
  on.height = height
  on.getContext('2d')?.drawImage(picture, 0, 0, width, height)
  picture.close()
}

/** isDocument says whether a file is one that is sent as it is. */
export const isDocument = (file: Blob): boolean => file.type === 'application/pdf'

/** mostDocument is how large such a file may be (blob.MaxSent). */
const mostDocument = 10 * 1024 * 1024

/** made is a chosen file as it is sent: a photo made small, a document as it is; null for what an answer does not take. sends is which
 * of them it takes, '' only photos. */
export async function made(file: File, sends: string): Promise<Blob | null> {
  const head = new TextDecoder('latin1').decode(await file.slice(0, 5).arrayBuffer())
  if (head !== '%PDF-') return sends === 'documents' ? null : small(file)
  return sends === '' || file.size > mostDocument ? null : new File([file], file.name, { type: 'application/pdf' })
}

/** there are the files that the school has already: where the wifi breaks between two, the first is not sent again. */
const there = new WeakMap<Blob, string>()

/** sendFiles keeps photos and documents at the school, one after the other, and gives their ids; on is told which one goes, from 1. */
export async function sendFiles(all: Blob[], on: (n: number) => void = () => {}): Promise<{ ok: true; files: string[]; documents: string[] } | { ok: false; problem: Problem }> {
  const files: string[] = [], documents: string[] = []
  for (const [i, one] of all.entries()) {
    const ids = isDocument(one) ? documents : files
    const had = there.get(one)
    if (had) { ids.push(had); continue }
    on(i + 1)
    const stop = new AbortController()
    const clock = setTimeout(() => stop.abort(), 120_000)
    try {
      const answer = await fetch(`/api/v1/upload-answer?op=${newOp()}`, { method: 'POST', credentials: 'same-origin', headers: { Accept: 'application/json' }, body: one, signal: stop.signal })
      if (!answer.ok) return { ok: false, problem: await problemOf(answer) }
      const { file } = (await answer.json()) as { file: string }
      there.set(one, file)
      ids.push(file)
    } catch {
      return { ok: false, problem: unreachable }
    } finally {
      clearTimeout(clock)
    }
  }
  return { ok: true, files, documents }
}

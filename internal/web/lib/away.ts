// away: the script of the page that stands where the school cannot be reached. It asks now and then, and loads what was
// wanted as soon as the school answers. It says whether work waits on this device, by looking whether any does.
import { openBox } from './box.ts'

/** every is how often the school is asked for, in ms. */
const every = 4000

async function there(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}

async function look(): Promise<void> {
  if (document.visibilityState === 'visible' && (await there())) location.reload()
}

/** show takes the sentence that is true of this device out of hiding; where the device cannot say, none of the two. */
async function show(): Promise<void> {
  const box = await openBox()
  if (!box.lasting) return
  const kept = (await box.count()) > 0
  document.querySelector<HTMLElement>(kept ? '[data-kept]' : '[data-sent]')!.hidden = false
}

void show()
setInterval(() => void look(), every)
window.addEventListener('online', () => void look())
document.addEventListener('visibilitychange', () => void look())
document.querySelector('[data-again]')?.addEventListener('click', () => location.reload())

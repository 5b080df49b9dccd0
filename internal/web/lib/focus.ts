// focus: whoever works by keyboard keeps their place. A browser drops the focus to the top of the page when what had it goes
// away (a question that was used, a form that became its outcome, the button that a dialog came from); the next Tab would
// then start from the beginning. Here it goes to the heading of the nearest part that is still there: never to the next
// button, which a second press of the same key would act on.

/** Seat is what had the focus, and after it all that it stood in, outwards. */
type Seat = Element[]

/** most bounds how far back is looked: a dialog's button, what was in the dialog before, the button that opened it. */
const most = 6
/** patience leaves time for pages that place the focus themselves, in ms. */
const patience = 80

/** refuge is the heading to go to: of the innermost part that still stands, for the latest seat first. */
export function refuge(seats: Seat[], stands: (e: Element) => boolean, heading: (e: Element) => HTMLElement | null): HTMLElement | null {
  for (const seat of seats) {
    for (const part of seat.slice(1)) {
      if (!stands(part)) continue
      const to = heading(part)
      // All of the page has its heading too: an earlier seat may know a part that is nearer.
      if (to && (to.tagName !== 'H1' || seat === seats.at(-1))) return to
    }
  }
  return null
}

const shown = (e: Element) => e.isConnected && e.getClientRects().length > 0
/** A heading that opens and closes what is under it has its button, and the button is what keys can do something with. */
function headingOf(e: Element): HTMLElement | null {
  const heading = [...e.querySelectorAll<HTMLElement>('h1, h2, h3')].find((h) => shown(h) && !h.closest('.hear'))
  return heading?.closest<HTMLElement>('button, summary') ?? heading ?? null
}

/** keepFocus begins to keep the place; Shell calls it once. */
export function keepFocus(): void {
  let seats: Seat[] = []
  let keys = false
  let due: ReturnType<typeof setTimeout> | undefined
  const lost = () => (document.activeElement === null || document.activeElement === document.body) && seats[0] !== undefined && !shown(seats[0][0]!)
  document.addEventListener('keydown', () => { keys = true }, true)
  // Who clicks beside everything leaves their place on purpose; who clicks on something gets a seat by the focus.
  document.addEventListener('pointerdown', () => { keys = false; seats = [] }, true)
  document.addEventListener('focusin', (e) => {
    const seat: Seat = []
    for (let at = e.target as Element | null; at && at !== document.body; at = at.parentElement) seat.push(at)
    seats = [seat, ...seats].slice(0, most)
  })
  new MutationObserver(() => {
    if (due !== undefined || !lost()) return
    due = setTimeout(() => {
      due = undefined
      if (!lost()) return
      const to = refuge(seats, shown, headingOf)
      if (!to) return
      if (to.tabIndex < 0) to.tabIndex = -1
      to.focus({ preventScroll: !keys })
    }, patience)
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ['open', 'hidden'] })
}

// learner: what a learner does with their hands, for the walk.

/** pictures chooses three pictures and then shows them again: the first sign-in of a learner. */
export async function pictures(page) {
  const chosen = [2, 7, 4]
  for (let round = 0; round < 2; round++) {
    for (const tile of chosen) {
      const was = page.url()
      await Promise.all([page.waitForLoadState('load'), page.locator(`.tile[value="${tile}"]`).click()])
      await page.waitForLoadState('load')
      if (page.url() !== was && !page.url().includes('signin')) return
    }
  }
}

/** fill enters something that can be read into whatever the question offers: it need not be right. */
export async function fill(page) {
  await page.locator('.answer').first().waitFor()
  if (await page.locator('.place-picture.plane').count() > 0) { await page.locator('.answer input.box').fill('(1, 1), (2, 3)'); return }
  if (await page.locator('.answer.arrange').count() > 0) { await arrange(page.locator('.answer.arrange')); return }
  const boxes = page.locator('.answer input.box')
  const n = await boxes.count()
  for (let i = 0; i < n; i++) {
    if ((await boxes.nth(i).getAttribute('class')).includes('whole')) continue
    await boxes.nth(i).fill(String(i + 2))
  }
  // What another device or an earlier try left ticked is an answer already; a second tap would take it away.
  if (n === 0 && await page.locator('.answer .option input:checked').count() === 0) await page.locator('.answer .option').first().click()
}

/** arrange leaves an order as it stands, and puts what is to be placed one by one into the places there are. */
async function arrange(answer) {
  if (await answer.locator('ol.inorder').count() > 0) {
    const asis = answer.locator('ol.inorder ~ div button')
    if (await asis.count() > 0) await asis.click()
    return
  }
  const prompts = await answer.locator('.prompt').count()
  const places = prompts > 0 ? Array.from({ length: prompts }, (_, i) => i) : Array(20).fill(0)
  for (const place of places) {
    if (await answer.locator('.tray .thing').count() === 0) break
    await answer.locator('.tray .thing').first().click()
    await answer.locator('.prompt, .group').nth(place).locator('.slot').click()
  }
}

/** enter sends the answer of a question with the page's one primary button. */
export async function enter(page) {
  await page.locator('form button.primary[type=submit]').first().click()
}

/** check answers one question of the check, and waits until the next stands there or it is over. */
export async function check(page) {
  const asked = page.locator('h1')
  await page.locator('.answer').first().waitFor() // the heading before it is that of another state
  const was = await asked.innerText()
  await fill(page)
  await enter(page)
  await page.waitForFunction((before) => document.querySelector('h1')?.innerText !== before, was)
}

/** checkUntilOver answers, every third time with "I haven't learned this yet", until the check is over. */
export async function checkUntilOver(page) {
  const over = page.getByText('Thank you. That was all')
  let n = 1
  for (; n < 20 && !(await over.isVisible()); n++) {
    if (n % 3 === 0) {
      const was = await page.locator('h1').innerText()
      await page.getByRole('button', { name: /learned this yet/ }).click()
      await page.waitForFunction((before) => document.querySelector('h1')?.innerText !== before, was)
    } else await check(page)
  }
  return n
}

/** untilTyped practises a skill until mathematics is asked for, and gives the two numbers of the story as they stand in it. */
export async function untilTyped(page, skill, view) {
  const at = `/practice/${skill}?go_on=true`
  for (let n = 0; n < 40; n++) {
    const { asked } = await view(page, at)
    if (asked?.kind === 'expression') {
      await page.goto(new URL(at, page.url()).href)
      await page.locator('.maths').waitFor()
      return (await page.locator('.asked').innerText()).match(/\d+/g).map(Number)
    }
    await page.goto(new URL(at, page.url()).href)
    await fill(page)
    await enter(page)
    await page.locator('.verdict').first().waitFor()
  }
  throw new Error('no item asked for mathematics')
}

/** untilAsked answers what practice weaves in from before, each with something that can be read, until a text is asked. */
export async function untilAsked(page, text) {
  for (let i = 0; i < 6; i++) {
    const asked = page.locator('.asked').first()
    await asked.waitFor()
    const was = await asked.innerText()
    if (text instanceof RegExp ? text.test(was) : was.includes(text)) return was
    const next = page.getByRole('button', { name: 'Next' })
    for (let k = 0; k < 3 && !(await next.isVisible()); k++) {
      await fill(page)
      await enter(page)
      await page.locator('.verdict').first().waitFor()
      await page.waitForFunction(() => !document.querySelector('form [aria-disabled]'))
    }
    await next.click()
    await page.waitForFunction((before) => document.querySelector('.asked')?.innerText !== before, was)
  }
  throw new Error(`${text} was not asked`)
}

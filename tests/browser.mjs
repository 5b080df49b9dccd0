// browser: starts Chromium for the gates, the pictures and the walk, always with the same switches and a profile that
// is thrown away.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const executablePath = process.env.CHROMIUM || '/usr/bin/chromium'
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** launch returns a browser without a profile, for several people at once: each gets a context of their own. */
export function launch() {
  return chromium.launch({ executablePath, args, headless: true })
}

/** start returns {context, close}: one persistent context in an empty profile. options are playwright's for a context. */
export async function start(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'kith-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath, headless: true, args, ...options,
  })
  return { context, close: async () => { await context.close(); rmSync(profile, { recursive: true, force: true }) } }
}

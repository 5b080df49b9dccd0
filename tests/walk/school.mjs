// school: opens the demo school with bin/kith for a walk, on a free port, in a folder that is thrown away.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** school starts bin/kith demo and returns {base, link(name), stop}. KITH_DB, when set, is its database. */
export async function school(root) {
  const binary = process.env.KITH_BIN || join(root, 'bin/kith')
  if (!existsSync(binary)) throw new Error(`${binary} is not there: run make build`)
  const data = mkdtempSync(join(tmpdir(), 'kith-walk-'))
  const links = join(data, 'links.json')
  const args = ['demo', '--addr', '127.0.0.1:0', '--data', data, '--signin-json', links]
  if (process.env.KITH_DB) args.push('--db', process.env.KITH_DB)
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  const base = await new Promise((ready, failed) => {
    child.stdout.on('data', (some) => {
      said += some
      const found = /^ready (http:\S+)$/m.exec(said)
      if (found) ready(found[1])
    })
    child.on('exit', (code) => failed(new Error(`kith ended with ${code} before it served:\n${said}`)))
  })
  const people = JSON.parse(readFileSync(links, 'utf8'))
  const link = (name) => {
    const found = people.find((p) => p.name === name)
    if (!found) throw new Error(`nobody is called ${name}`)
    return found.url
  }
  const stop = async () => {
    const gone = new Promise((done) => { child.once('exit', done); child.removeAllListeners('error') })
    if (child.exitCode === null) { child.kill('SIGTERM'); await gone }
    rmSync(data, { recursive: true, force: true })
  }
  return { base, link, stop }
}

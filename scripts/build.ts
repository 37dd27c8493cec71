/**
 * Writes dist/: the sources as JavaScript, for an installation. Node takes the types out of sources as it runs them,
 * but not below a node_modules folder. dist/ mirrors src/ at the same depth, so that what is found by its place
 * (migrations, the sample shop, the dashboard, the hook's program) is found from there too.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
/** What is started as a program of its own, or read as a file; a build without one of them would only fail where it is installed. */
const programs = [
  'main.js',
  'adapters/native/repositories/post-receive.js',
  'cli/diagnosis/case-thread.js',
  'loops/heal/weights/causes.json',
]

rmSync(dist, { recursive: true, force: true })
const { status } = spawnSync('tsc', ['--project', join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
})
if (status !== 0) process.exit(status ?? 3)

// What models learnt is read beside the code that uses it.
cpSync(join(root, 'src/loops/heal/weights'), join(dist, 'loops/heal/weights'), { recursive: true })

for (const program of programs) {
  if (existsSync(join(dist, program))) continue
  console.error(`dist/${program} was not built: is its source still where this script looks for it?`)
  process.exit(3)
}

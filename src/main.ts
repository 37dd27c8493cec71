import { exitWith } from './cli/exit.ts'
import { createProgram } from './cli/program.ts'

// What the libraries below will change one day is their business, not our users'.
process.noDeprecation = true

const program = createProgram({
  // Only what starts an installation needs all of it: the other commands stay quick.
  start: async (options) => (await import('./installation.ts')).installation.start(options),
})

try {
  await program.parseAsync(process.argv)
} catch (error) {
  exitWith(error)
}

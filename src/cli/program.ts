import { Command } from 'commander'
import { registerApprove } from './approve.ts'
import { registerDiagnose } from './diagnose.ts'
import { registerDoctor } from './doctor.ts'
import type { Installation } from './installation.ts'
import { registerMigrate } from './migrate.ts'
import { registerModels } from './models.ts'
import { registerRefuse } from './refuse.ts'
import { registerResume } from './resume.ts'
import { registerRun } from './run.ts'
import { registerStop } from './stop.ts'
import { registerTrain } from './train.ts'
import { registerUp } from './up.ts'
import { version } from './version.ts'

/** Every command, one file each. What a command needs beyond its own words it imports when it runs. */
export function createProgram(installation: Installation): Command {
  const program = new Command('mendline')
    .description('The delivery line that mends itself.')
    .version(version(), '-V, --version')
    .showHelpAfterError('Add --help to see what there is, with an example.')
    // Wrong use ends as `exit.ts` says, not as the library would.
    .exitOverride()
  registerUp(program, installation)
  registerDiagnose(program)
  registerTrain(program)
  registerModels(program)
  registerRun(program)
  registerApprove(program)
  registerRefuse(program)
  registerStop(program)
  registerResume(program)
  registerDoctor(program)
  registerMigrate(program)
  return program
}

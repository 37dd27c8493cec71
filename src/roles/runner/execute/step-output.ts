import type { JobState, StepRun } from './job-state.ts'
import type { LineSink } from './lines.ts'
import type { Annotation } from './request.ts'
import { applyEnv, applyPath } from './step-effects.ts'
import { readWorkflowCommand, type WorkflowCommand } from './workflow-command.ts'

/** Where what a step prints goes: ordinary lines to the log, workflow commands into effect. */
export function createStepOutput(job: JobState, step: StepRun): LineSink {
  let echo = false
  let resumeToken: string | undefined
  let cut = false
  return (text, more) => {
    const command = more || cut ? undefined : readWorkflowCommand(text)
    cut = more
    if (resumeToken !== undefined) {
      if (command?.name === resumeToken.toLowerCase()) resumeToken = undefined
      job.log.piece(text, more)
    } else if (!command) job.log.piece(text, more)
    else if (command.name === 'stop-commands') {
      if (isGoodToken(command.message)) resumeToken = command.message
      else job.log.error(`Invalid token '${command.message}' for stop-commands: it is empty or the name of a command`)
    } else if (command.name === 'echo') echo = command.message.trim().toLowerCase() === 'on'
    else if (!perform(job, step, command)) job.log.piece(text, more)
    // add-mask comes into force before its own line is shown.
    else if (echo && !shownAnyway.has(command.name)) job.log.line(text)
  }
}

const shownAnyway = new Set(['debug', 'notice', 'warning', 'error', 'group', 'endgroup'])
const wellKnown = new Set([...shownAnyway, 'add-mask', 'add-path', 'echo', 'set-env', 'set-output', 'save-state'])

function isGoodToken(token: string): boolean {
  return token.trim() !== '' && !wellKnown.has(token.toLowerCase()) && token !== 'pause-logging'
}

/** False when there is no such command: then it was ordinary text. */
function perform(job: JobState, step: StepRun, { name, properties, message }: WorkflowCommand): boolean {
  switch (name) {
    case 'notice':
    case 'warning':
    case 'error':
      annotate(job, step, name, properties, message)
      return true
    case 'group':
      job.log.line(`##[group]${message}`)
      return true
    case 'endgroup':
      job.log.line('##[endgroup]')
      return true
    case 'debug':
      if (isDebugging(job)) job.log.line(`##[debug]${message}`)
      return true
    case 'add-mask':
      if (message.trim() !== '') job.masker.add(message)
      return true
    case 'set-output':
    case 'save-state':
      deprecated(job, name)
      if (properties.name) (name === 'set-output' ? step.outputs : step.state)[properties.name] = message
      return true
    case 'set-env':
    case 'add-path':
      setUnsecurely(job, step, name, properties.name ?? '', message)
      return true
    case 'add-matcher':
    case 'remove-matcher':
      job.log.line(`Problem matchers are not read by this runner: ${message || (properties.owner ?? '')}`)
      return true
    default:
      return false
  }
}

export function isDebugging(job: Pick<JobState, 'request'>): boolean {
  const { secrets, vars } = job.request
  return [secrets.ACTIONS_STEP_DEBUG, vars.ACTIONS_STEP_DEBUG].includes('true')
}

function annotate(
  job: JobState,
  step: StepRun,
  level: Annotation['level'],
  properties: WorkflowCommand['properties'],
  message: string,
): void {
  job.log.line(`##[${level}]${message}`)
  const sameLevel = job.annotations.filter((other) => other.step === step.number && other.level === level)
  // GitHub keeps ten of a kind for each step.
  if (sameLevel.length >= 10) return
  const text = (name: string) => (properties[name] ? job.masker.mask(properties[name]) : undefined)
  const number = (name: string) => (/^\d{1,9}$/.test(properties[name] ?? '') ? Number(properties[name]) : undefined)
  job.annotations.push({
    level,
    message: job.masker.mask(message),
    title: text('title'),
    file: text('file'),
    line: number('line'),
    endLine: number('endLine'),
    column: number('col'),
    endColumn: number('endColumn'),
    step: step.number,
  })
}

function deprecated(job: JobState, name: string): void {
  const file = name === 'set-output' ? 'GITHUB_OUTPUT' : 'GITHUB_STATE'
  job.log.line(`##[warning]The \`${name}\` command is deprecated; write to the file in $${file} instead.`)
}

function setUnsecurely(job: JobState, step: StepRun, name: string, variable: string, value: string): void {
  const allowed = (step.env.ACTIONS_ALLOW_UNSECURE_COMMANDS ?? job.env.ACTIONS_ALLOW_UNSECURE_COMMANDS) === 'true'
  if (!allowed) {
    const file = name === 'set-env' ? 'GITHUB_ENV' : 'GITHUB_PATH'
    job.log.error(`The \`${name}\` command is disabled; write to the file in $${file} instead.`)
  } else if (name === 'add-path') applyPath(job, [value])
  else applyEnv(job, [[variable, value]])
}

import type { Diagnosis } from '../model/diagnosis.ts'
import type { Permit } from '../model/permit.ts'
import type { Job, Run } from '../model/run.ts'
import type { DiagnosisView, JobView, PermitView, RunSummary } from './views.ts'

/** Our nouns as the API shows them: every field written out, so that nothing leaves the house by accident. */
export function presentRun(run: Run): RunSummary {
  return {
    id: run.id,
    vendor: run.vendor,
    repository: run.repository,
    pipeline: run.pipeline,
    number: run.number,
    attempt: run.attempt,
    status: run.status,
    conclusion: run.conclusion ?? null,
    branch: run.branch ?? null,
    sha: run.sha,
    actor: run.actor ?? null,
    title: run.title ?? null,
    url: webAddress(run.url),
    createdAt: run.createdAt.toISOString(),
    startedAt: presentTime(run.startedAt),
    updatedAt: run.updatedAt.toISOString(),
  }
}

export function presentJob(job: Job, hasLog: boolean): JobView {
  return {
    id: job.id,
    key: job.key ?? null,
    name: job.name,
    attempt: job.attempt,
    status: job.status,
    conclusion: job.conclusion ?? null,
    startedAt: presentTime(job.startedAt),
    completedAt: presentTime(job.completedAt),
    needs: [...(job.needs ?? [])],
    steps: job.steps.map((step) => ({
      number: step.number,
      name: step.name,
      status: step.status,
      conclusion: step.conclusion ?? null,
      startedAt: presentTime(step.startedAt),
      completedAt: presentTime(step.completedAt),
    })),
    hasLog,
  }
}

export function presentPermit(permit: Permit): PermitView {
  const { repository, runId, attempt, sha, pipeline, jobs } = permit.bound
  return {
    id: permit.id,
    remedy: permit.remedy,
    mode: permit.mode,
    state: permit.state,
    reasons: permit.reasons.map(({ code, sentence }) => ({ code, sentence })),
    bound: { repository, runId, attempt, sha, pipeline, jobs: [...jobs] },
    askedAt: permit.askedAt.toISOString(),
    decidedAt: presentTime(permit.decidedAt),
    decidedBy: permit.decidedBy ?? null,
    expiresAt: presentTime(permit.expiresAt),
  }
}

export function presentDiagnosis(diagnosis: Diagnosis): DiagnosisView {
  const { location, fingerprint, transience, tests, comparedWith } = diagnosis
  return {
    category: diagnosis.category,
    confidence: diagnosis.confidence,
    abstained: diagnosis.abstained,
    categories: diagnosis.categories.map(({ category, p }) => ({ category, p })),
    phase: diagnosis.phase,
    outcome: diagnosis.outcome,
    owner: diagnosis.owner,
    transience: { verdict: transience.verdict, p: transience.p, why: transience.why },
    fingerprint: { exact: fingerprint.exact, family: fingerprint.family, version: fingerprint.version },
    location: location ? { file: location.file, line: location.line, column: location.column ?? null } : null,
    tool: diagnosis.tool ?? null,
    exitCode: diagnosis.exitCode ?? null,
    tests: tests
      ? {
          run: tests.run ?? null,
          failed: tests.failed ?? null,
          skipped: tests.skipped ?? null,
          failing: [...tests.failing],
        }
      : null,
    comparedWith: comparedWith ? { run: comparedWith.run, number: comparedWith.number } : null,
    sentence: diagnosis.sentence,
    evidence: [...diagnosis.evidence],
    excerpts: diagnosis.excerpts.map(({ start, end, score, why, text }) => ({
      start,
      end,
      score,
      why,
      text: [...text],
    })),
  }
}

function presentTime(time: Date | undefined): string | null {
  return time?.toISOString() ?? null
}

/** A link from outside is shown as a link only when it leads to a web page: never `javascript:` or `data:`. */
function webAddress(url: string | undefined): string | null {
  return url !== undefined && /^https?:\/\//i.test(url) ? url : null
}

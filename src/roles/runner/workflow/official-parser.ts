import { registerHooks } from 'node:module'

// GitHub's package imports its own JSON schema without an import attribute, which Node refuses. This supplies the
// attribute for that package alone, before it is loaded for the first time.
registerHooks({
  load(url, context, next) {
    if (!url.includes('/@actions/workflow-parser/') || !url.endsWith('.json')) return next(url, context)
    return next(url, { ...context, format: 'json', importAttributes: { type: 'json' } })
  },
})

export const { NoOperationTraceWriter, parseWorkflow: readTemplate } = await import('@actions/workflow-parser')
export const { TemplateContext, TemplateValidationErrors } = await import(
  '@actions/workflow-parser/templates/template-context'
)
export const { getWorkflowSchema } = await import('@actions/workflow-parser/workflows/workflow-schema')
export const { convertOn } = await import('@actions/workflow-parser/model/converter/events')
export const { convertJobs } = await import('@actions/workflow-parser/model/converter/jobs')
export const { convertConcurrency } = await import('@actions/workflow-parser/model/converter/concurrency')

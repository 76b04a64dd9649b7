/**
 * Whole epochs that fit a time budget: at most as many as were asked for, at least one.
 * @param epochMs of an epoch with its evaluation, as measured
 */
export const epochsWithin = (budgetMs: number, epochMs: number, asked: number): number => Math.max(1, Math.min(asked, Math.floor(budgetMs / epochMs)));

/** The step of the whole schedule that a step of a shortened run stands for: the curve is pressed together, warm-up and milestones with it. */
export const scheduleStep = (step: number, plannedSteps: number, askedSteps: number): number => (plannedSteps === askedSteps ? step : (step * askedSteps) / plannedSteps);

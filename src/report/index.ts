// The report: read, reduced, rendered. The charts' library is loaded with it, so main imports it only when one is asked for.
import { gatherReport, type GatherInput } from './gather';
import { renderReport } from './renderReport';

/**
 * The report of a comparison as one HTML document.
 * @throws CultivarError library-damaged for the experiment itself, a storage error
 */
export const writeReport = async (input: GatherInput): Promise<string> => renderReport(await gatherReport(input));

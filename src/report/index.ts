export {comparisonColumns, signed} from './comparison_columns';
export {cropSheet, type JudgedCrop} from './crop_sheet';
export {svgToPng} from './png';
export {type RecallFigureOptions, recallByFrequency} from './recall_by_frequency';
export {reportHtml, type Section} from './report_html';
export {type ClassResult, type ComparisonRow, compareGroups} from './results';
export {type ScalingPoint, scalingFigure} from './scaling_figure';
export {type Column, escapeHtml, htmlTable, textTable} from './table';
export type {Setting} from './theme';

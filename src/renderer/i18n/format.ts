// The words and digits are the same in the window, the report and the tables.
export * from '../../core/text/format';

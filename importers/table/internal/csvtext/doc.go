// Package csvtext detects the encoding ([FindEncoding]) and the delimiter
// ([FindDelimiter]) of a CSV file, which the format itself does not state.
package csvtext

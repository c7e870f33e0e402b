// Package web is the pages of pxq: for providers, controllers, municipalities, the region and administrators, who open no
// terminal. It reads through package views, whose first argument is what somebody may see, and acts through package
// workspace, as the command does. Every address stands in one table with the roles that may use it.
package web

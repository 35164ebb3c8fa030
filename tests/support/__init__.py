"""What several test folders share: a real server process, the browser, made-up order books."""

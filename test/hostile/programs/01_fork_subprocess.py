# attack: a shell through subprocess
# expect: status=ok stdout=contained denied>=vfork
# expect: status=ok stdout=contained denied>=clone
# use: helpers
# fence: pids
import subprocess
fails("a command", lambda: subprocess.run(["/bin/echo", "ESCAPED: a command"], check=True), OSError)
fails("a shell", lambda: subprocess.check_output("echo out", shell=True), OSError)
fails("a closed one", lambda: subprocess.Popen(["true"], close_fds=False, start_new_session=True), OSError)
contained()

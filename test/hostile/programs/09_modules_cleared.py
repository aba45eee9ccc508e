# attack: takes all modules away
# expect: status=ok|error limit=none
import sys
sys.modules.clear()
sys.meta_path.clear()
sys.path_hooks.clear()
